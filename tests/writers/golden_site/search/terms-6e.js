tollbook("search/terms-6e",{"ng":[0,2],"nigeria":[1,3],"north":[5]});
