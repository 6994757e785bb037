tollbook("search/terms-6f",{"of":[2,3],"okafor":[0],"others":[0,2]});
