-- Run as superuser in database postgres, with autocommit. ${database} is owned by nobody's application role.
create database "${database}" encoding 'UTF8' template template0;
