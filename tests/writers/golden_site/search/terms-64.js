tollbook("search/terms-64",{"daily":[0,2,2],"death":[2],"democratic":[5],"displaced":[5],"dozens":[4]});
