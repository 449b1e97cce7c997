package app.headlight.services.findings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the tables {@code finding_collection} and {@code finding_slide}. */
@Repository
class CollectionRows {

    private static final String SELECT =
            "select c.*, coalesce(a.name, 'Headlight') as by_name from finding_collection c"
                    + " left join account a on a.id = c.owner_id ";

    private final JdbcClient jdbc;

    CollectionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A slide as it is stored, even if its finding is deleted. */
    record Place(long finding, String notes) {}

    /** By title. */
    List<FindingCollection> all() {
        return collections("order by c.title, c.id").list();
    }

    List<FindingCollection> of(long owner) {
        return collections("where c.owner_id = ? order by c.id", owner).list();
    }

    Optional<FindingCollection> find(long id) {
        return collections("where c.id = ?", id).optional();
    }

    Optional<FindingCollection> find(UUID uuid) {
        return collections("where c.uuid = ?", uuid).optional();
    }

    /**
     * Locks a collection until the transaction ends.
     *
     * @throws NotFoundException if there is none
     */
    FindingCollection lock(long id) {
        jdbc.sql("select id from finding_collection where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
        return find(id).orElseThrow(() -> new NotFoundException("There is no collection " + id + " (any more)."));
    }

    FindingCollection insert(UUID uuid, String title, @Nullable Long owner) {
        jdbc.sql("insert into finding_collection (uuid, title, owner_id, created_at) values (?, ?, ?, ?)")
                .params(uuid, title, owner, Limits.now())
                .update();
        return find(uuid).orElseThrow();
    }

    void rename(long id, String title) {
        jdbc.sql("update finding_collection set title = ? where id = ?")
                .params(title, id)
                .update();
    }

    void delete(long id) {
        jdbc.sql("delete from finding_collection where id = ?").param(id).update();
    }

    List<Place> places(long id) {
        return jdbc.sql("select finding_id, notes from finding_slide where collection_id = ? order by position")
                .param(id)
                .query((row, index) -> new Place(row.getLong(1), row.getString(2)))
                .list();
    }

    void setPlaces(long id, List<Place> places) {
        jdbc.sql("delete from finding_slide where collection_id = ?").param(id).update();
        for (int position = 0; position < places.size(); position++) {
            Place place = places.get(position);
            jdbc.sql("insert into finding_slide (collection_id, position, finding_id, notes) values (?, ?, ?, ?)")
                    .params(id, position, place.finding(), place.notes())
                    .update();
        }
    }

    private JdbcClient.MappedQuerySpec<FindingCollection> collections(String rest, Object... values) {
        return jdbc.sql(SELECT + rest).params(values).query(this::collection);
    }

    private FindingCollection collection(ResultSet row, int index) throws SQLException {
        long id = row.getLong("id");
        return new FindingCollection(
                id,
                row.getObject("uuid", UUID.class),
                row.getString("title"),
                FindingRows.author(row, "owner_id"),
                FindingRows.time(row, "created_at"),
                slides(id));
    }

    private List<Slide> slides(long id) {
        return jdbc.sql(FindingRows.COLUMNS + ", s.notes" + FindingRows.TABLES
                        + " join finding_slide s on s.finding_id = f.id" + FindingRows.THERE
                        + "and s.collection_id = ? order by s.position")
                .param(id)
                .query((row, index) -> new Slide(FindingRows.finding(row, index), row.getString("notes")))
                .list();
    }
}
