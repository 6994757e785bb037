tollbook("search/terms-31",{"12":[2],"15":[2]});
