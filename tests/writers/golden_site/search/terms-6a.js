tollbook("search/terms-6a",{"january":[1]});
