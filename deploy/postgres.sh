# What the primary of compose.yaml gets once, when its volume is empty: the bots' user and database, and the replica's user.
# The image of PostgreSQL reads this file as bash.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\getenv newsroom NEWSROOM_PASSWORD
\getenv standby POSTGRES_PASSWORD
CREATE ROLE newsroom LOGIN PASSWORD :'newsroom';
CREATE ROLE standby LOGIN REPLICATION PASSWORD :'standby';
CREATE DATABASE news OWNER newsroom;
SQL
echo 'host replication standby all scram-sha-256' >>"$PGDATA/pg_hba.conf"
