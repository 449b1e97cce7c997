package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.addresses.Codes;
import app.headlight.ground.addresses.ViewAddress;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.signals.Signals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The service for presentations: followers on any server see the slide that the presenter shows. Presentations are in
 * the database, so that people who come later, or after a restart, find them; a presentation ends a day after its
 * start.
 */
@Service
public class Presentations {

    private static final String TOPIC = "presentation";
    private static final int HOURS = 24;

    private final JdbcClient jdbc;
    private final CollectionRows collections;
    private final TransactionTemplate transaction;
    private final Signals signals;

    Presentations(JdbcClient jdbc, CollectionRows collections, TransactionTemplate transaction, Signals signals) {
        this.jdbc = jdbc;
        this.collections = collections;
        this.transaction = transaction;
        this.signals = signals;
    }

    /**
     * Starts a presentation of a collection, at its first slide.
     *
     * @throws NotFoundException if there is no such collection (any more)
     */
    public Presentation start(Account by, long collection) {
        return transaction.execute(status -> {
            collections.lock(collection);
            jdbc.sql("delete from presentation where started_at < ?")
                    .param(Limits.now().minusHours(HOURS))
                    .update();
            String code = Codes.next();
            jdbc.sql("insert into presentation (code, collection_id, presenter_id, slide, moves, started_at)"
                            + " values (?, ?, ?, 0, 0, ?)")
                    .params(code, collection, by.id(), Limits.now())
                    .update();
            return require(code);
        });
    }

    /** Empty if there is none of this code (any more). */
    public Optional<Presentation> find(String code) {
        return jdbc.sql("select * from presentation where code = ? and started_at >= ?")
                .params(code.replace("\0", ""), Limits.now().minusHours(HOURS))
                .query(Presentations::presentation)
                .optional();
    }

    /** Those that an account presents, the newest first. */
    public List<Presentation> of(long presenter) {
        return jdbc.sql("select * from presentation where presenter_id = ? and started_at >= ?"
                        + " order by started_at desc, code")
                .params(presenter, Limits.now().minusHours(HOURS))
                .query(Presentations::presentation)
                .list();
    }

    /**
     * Shows another slide.
     *
     * @param slide counted from 0; beyond the last means the last
     * @throws NotFoundException if the presentation is over
     * @throws NotAllowedException to all but the presenter
     */
    public Presentation show(Account by, String code, int slide) {
        return transaction.execute(status -> {
            Presentation before = presented(by, code);
            int last =
                    collections.find(before.collection()).orElseThrow().slides().size() - 1;
            jdbc.sql("update presentation set slide = ?, views = '', moves = moves + 1 where code = ?")
                    .params(Math.max(0, Math.min(slide, last)), code)
                    .update();
            signals.send(TOPIC, code);
            return require(code);
        });
    }

    /**
     * Shows other views in the live pictures of a slide; does nothing if another slide is shown by now.
     *
     * @param slide counted from 0
     * @param views the views of the pictures, one address on each line; an empty line means the slide's own view
     * @throws NotFoundException if the presentation is over
     * @throws NotAllowedException to all but the presenter
     * @throws Refusal if one of them is not an address of Headlight, or they are too long
     */
    public Presentation look(Account by, String code, int slide, String views) {
        Limits.text("what is seen of the slide", views, Limits.SLIDE_VIEWS);
        views.lines().filter(view -> !view.isEmpty()).forEach(ViewAddress::check);
        return transaction.execute(status -> {
            presented(by, code);
            jdbc.sql("update presentation set views = ?, moves = moves + 1 where code = ? and slide = ?")
                    .params(views, code, slide)
                    .update();
            signals.send(TOPIC, code);
            return require(code);
        });
    }

    /**
     * Ends it; its followers are told.
     *
     * @throws NotFoundException if it is over already
     * @throws NotAllowedException to all but the presenter and admins
     */
    public void end(Account by, String code) {
        transaction.executeWithoutResult(status -> {
            if (!by.isAdmin()) {
                presented(by, code);
            }
            jdbc.sql("delete from presentation where code = ?").param(code).update();
            signals.send(TOPIC, code);
        });
    }

    /**
     * Calls a follower at each move, and once with null at the end.
     *
     * @param follower called on a thread that all followers share, so it must be quick
     * @return ends the calls
     */
    public Runnable follow(String code, Consumer<Optional<Presentation>> follower) {
        AtomicLong seen = new AtomicLong(find(code).map(Presentation::moves).orElse(-1L));
        return signals.listen(TOPIC, new Signals.Listener() {
            @Override
            public void received(String moved) {
                if (moved.equals(code)) {
                    missed();
                }
            }

            @Override
            public void missed() {
                Optional<Presentation> now = find(code);
                long moves = now.map(Presentation::moves).orElse(Long.MAX_VALUE);
                if (moves > seen.getAndSet(moves)) {
                    follower.accept(now);
                }
            }
        });
    }

    private Presentation presented(Account by, String code) {
        Presentation found = require(code);
        if (found.presenter() != by.id()) {
            throw NotAllowedException.notYours("Someone else presents this; you can follow it.");
        }
        return found;
    }

    private Presentation require(String code) {
        return find(code).orElseThrow(() -> new NotFoundException("This presentation is over."));
    }

    private static Presentation presentation(ResultSet row, int index) throws SQLException {
        return new Presentation(
                row.getString("code"),
                row.getLong("collection_id"),
                row.getLong("presenter_id"),
                row.getInt("slide"),
                row.getString("views"),
                row.getLong("moves"),
                FindingRows.time(row, "started_at"));
    }
}
