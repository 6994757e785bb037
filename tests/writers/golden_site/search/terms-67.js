tollbook("search/terms-67",{"goma":[5],"governor":[2]});
