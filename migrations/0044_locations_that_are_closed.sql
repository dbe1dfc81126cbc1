-- A closed location offers nothing: what is active belongs to an open one, whoever makes it or changes it.
CREATE TRIGGER classes_at_open_locations BEFORE INSERT ON classes WHEN new.state = 'active' AND EXISTS (SELECT 1 FROM locations WHERE id = new.location_id AND closed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'guard:location-closed'); END;
CREATE TRIGGER classes_stay_at_open_locations BEFORE UPDATE OF state, location_id ON classes WHEN new.state = 'active' AND EXISTS (SELECT 1 FROM locations WHERE id = new.location_id AND closed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'guard:location-closed'); END;
CREATE TRIGGER appointments_at_open_locations BEFORE INSERT ON appointments WHEN new.state = 'active' AND EXISTS (SELECT 1 FROM locations WHERE id = new.location_id AND closed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'guard:location-closed'); END;
CREATE TRIGGER appointments_stay_at_open_locations BEFORE UPDATE OF state, location_id ON appointments WHEN new.state = 'active' AND EXISTS (SELECT 1 FROM locations WHERE id = new.location_id AND closed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'guard:location-closed'); END;
CREATE TRIGGER stations_at_open_locations BEFORE INSERT ON party_stations WHEN new.retired_at IS NULL AND EXISTS (SELECT 1 FROM locations WHERE id = new.location_id AND closed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'guard:location-closed'); END;
-- What runs at a location is asked when somebody wants to close it.
CREATE INDEX appointments_of_location ON appointments (location_id, state);
CREATE INDEX stations_of_location ON party_stations (location_id) WHERE retired_at IS NULL;
CREATE INDEX staff_of_location ON staff_locations (location_id, staff_id);
