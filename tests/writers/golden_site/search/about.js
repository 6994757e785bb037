tollbook("search/about",{"incidents":3,"block":250,"begin":["0","1","2","a","b","c","d","f","g","h","i","j","k","l","m","n","o","p","r","s","t","w","غ"]});
