-- One for each service: their tables are nobody else's.
CREATE DATABASE training;
CREATE DATABASE registry;
