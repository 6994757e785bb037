tollbook("search/terms-62",{"boko":[3],"borno":[1],"burnt":[2]});
