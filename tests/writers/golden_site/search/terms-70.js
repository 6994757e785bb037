tollbook("search/terms-70",{"police":[2]});
