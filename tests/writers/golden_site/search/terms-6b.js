tollbook("search/terms-6b",{"kano":[3],"killed":[1,3,3],"kivu":[5]});
