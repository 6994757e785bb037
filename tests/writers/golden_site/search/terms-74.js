tollbook("search/terms-74",{"the":[2,3],"three":[2],"title":[2],"to":[2],"toll":[2],"two":[0,4]});
