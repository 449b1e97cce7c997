package app.headlight.services.search;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Tasks of circuit search that members have saved under a name, for everyone who can open the page. */
@Service
public class SavedTasks {

    private static final int LONGEST_NAME = 60;
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final SignedIn signedIn;

    SavedTasks(JdbcClient jdbc, SignedIn signedIn) {
        this.jdbc = jdbc;
        this.signedIn = signedIn;
    }

    /**
     * A task.
     *
     * @param address of the page of circuit search with it
     * @param ownerId the account that saved it; null where it is gone
     */
    public record Saved(
            String name, String address, @Nullable Long ownerId) {}

    /** All tasks, by name. */
    public List<Saved> all() {
        return jdbc.sql("select name, address, owner_id from search_task order by lower(name), name")
                .query((row, index) -> new Saved(
                        row.getString("name"), row.getString("address"), row.getObject("owner_id", Long.class)))
                .list();
    }

    /** Whether whoever is signed in may save tasks. */
    public boolean mayWrite() {
        return signedIn.member().isPresent();
    }

    /** Whether whoever is signed in may delete a task. */
    public boolean mayDelete(Saved task) {
        return signedIn.member()
                .filter(account -> account.mayChange(task.ownerId()))
                .isPresent();
    }

    /**
     * Saves a task, for the member who is signed in; one of their own under that name is replaced.
     *
     * @throws Refusal if the name is empty, too long or somebody else's, or there are too many
     */
    public void save(String name, String address) {
        Account account = signedIn.requireMember();
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
            throw Refusal.of("the task's name", "“" + stripped + "”", "1 to " + LONGEST_NAME + " characters");
        }
        List<Saved> known = all();
        Optional<Saved> before =
                known.stream().filter(task -> task.name().equals(stripped)).findFirst();
        if (before.isPresent()) {
            if (!account.mayChange(before.get().ownerId())) {
                throw taken(stripped);
            }
            jdbc.sql("update search_task set address = ? where name = ?")
                    .params(address, stripped)
                    .update();
            return;
        }
        if (known.size() >= MOST) {
            throw new Refusal(known.size() + " tasks are saved here already; delete one that is not needed first.");
        }
        try {
            jdbc.sql("insert into search_task (name, address, owner_id) values (?, ?, ?)")
                    .params(stripped, address, account.id())
                    .update();
        } catch (DuplicateKeyException savedElsewhereMeanwhile) {
            throw taken(stripped);
        }
    }

    private static Refusal taken(String name) {
        return new Refusal("somebody else has saved a task as “" + name + "”; choose another name");
    }

    /** Deletes a task, for whoever saved it or an admin. */
    public void delete(Saved task) {
        signedIn.requireOwner(task.ownerId());
        jdbc.sql("delete from search_task where name = ?").param(task.name()).update();
    }
}
