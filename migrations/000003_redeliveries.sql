-- breaking: no
-- Which delivery a person asked for again.

alter table queue add column redelivery_of uuid;
alter table deliveries add column redelivery_of uuid;
