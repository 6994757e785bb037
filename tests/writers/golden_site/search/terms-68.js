tollbook("search/terms-68",{"haram":[3],"has":[2],"hospital":[0],"houses":[2]});
