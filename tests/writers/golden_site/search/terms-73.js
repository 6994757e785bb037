tollbook("search/terms-73",{"script":[2],"soldiers":[4],"state":[1,3]});
