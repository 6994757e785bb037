tollbook("search/terms-30",{"01":[1],"03":[3,3],"04":[5]});
