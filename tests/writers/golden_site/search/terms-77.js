tollbook("search/terms-77",{"were":[0,2]});
