tollbook("search/terms-63",{"cd":[4],"children":[2],"civilians":[2],"condemned":[2],"congo":[5]});
