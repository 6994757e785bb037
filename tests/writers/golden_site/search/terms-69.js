tollbook("search/terms-69",{"i00de5b01b895":[5],"i03775104bd0c":[1],"i3668776bfe7e":[3],"in":[2],"including":[2],"injured":[3]});
