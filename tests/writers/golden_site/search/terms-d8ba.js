tollbook("search/terms-d8ba",{"غوما":[4]});
