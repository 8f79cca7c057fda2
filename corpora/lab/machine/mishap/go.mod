module mishap

go 1.19
