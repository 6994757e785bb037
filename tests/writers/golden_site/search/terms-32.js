tollbook("search/terms-32",{"20":[1],"2025":[1,3,3]});
