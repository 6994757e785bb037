tollbook("search/terms-72",{"republic":[5],"risen":[2]});
