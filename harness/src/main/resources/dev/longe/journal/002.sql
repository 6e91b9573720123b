-- Owners were host/boot/pid/start in 0.1.0; from here on they are ids of lock files. None of the old ones lives.
DELETE FROM leases;
DELETE FROM engines;
