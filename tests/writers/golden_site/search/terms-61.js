tollbook("search/terms-61",{"alert":[2],"amina":[0],"and":[0],"army":[4],"at":[2],"attack":[2]});
