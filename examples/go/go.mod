module example.com/bonuspay-payment

go 1.19
