tollbook("search/terms-6c",{"least":[2]});
