tollbook("search/terms-6d",{"m23":[5],"maiduguri":[1],"march":[3,3],"monday":[2]});
