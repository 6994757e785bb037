tollbook("search/terms-66",{"fled":[4]});
