-- The Dashboard and the Welcome Page are pages with a right of their own. Whoever could enter the Office had both, and keeps them.
INSERT INTO permissions (group_id, staff_id, name, level) SELECT p.group_id, p.staff_id, n.value, 2 FROM permissions p JOIN json_each('["Welcome Page","Dashboard"]') n WHERE p.name = 'Office Portal' AND p.level = 2;
