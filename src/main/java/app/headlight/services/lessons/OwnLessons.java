package app.headlight.services.lessons;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.PersonalRecords;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.lessons.LessonReader.Read;
import app.headlight.services.models.Audience;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;

/** Lessons that members wrote. Only what can be read is stored; its owner and admins may change and delete it. */
@Service
public class OwnLessons implements PersonalRecords {

    /** Of UTF-8. */
    public static final int LONGEST = 50_000;

    private static final String PREFIX = "own-";
    private static final String SELECT =
            "select l.*, a.name as by_name from own_lesson l join account a on a.id = l.owner_id ";

    private final JdbcClient jdbc;
    private final SignedIn signedIn;
    private final LessonAnswers answers;

    OwnLessons(JdbcClient jdbc, SignedIn signedIn, LessonAnswers answers) {
        this.jdbc = jdbc;
        this.signedIn = signedIn;
        this.answers = answers;
    }

    /** A lesson as it is stored. */
    public record OwnLesson(
            long id,
            long owner,
            String by,
            String title,
            String markdown,
            Audience audience,
            OffsetDateTime changedAt) {

        /** In addresses: {@code own-12}. */
        public String name() {
            return PREFIX + id;
        }

        /** The lesson itself; of an earlier version of Headlight it may not be readable any more. */
        public Read read() {
            return LessonReader.read(name(), "the lesson", markdown);
        }
    }

    /** Those that whoever asks may see, by title. */
    public List<OwnLesson> all() {
        return jdbc.sql(SELECT + "order by l.title, l.id").query(OwnLessons::lesson).list().stream()
                .filter(this::isSeen)
                .toList();
    }

    /** The lesson of a name such as {@code own-12}, if whoever asks may see it. */
    public Optional<OwnLesson> find(String name) {
        if (!name.matches(PREFIX + "\\d{1,18}")) {
            return Optional.empty();
        }
        return jdbc.sql(SELECT + "where l.id = ?")
                .param(Long.parseLong(name.substring(PREFIX.length())))
                .query(OwnLessons::lesson)
                .optional()
                .filter(this::isSeen);
    }

    private boolean isSeen(OwnLesson lesson) {
        return lesson.audience() == Audience.ALL
                || lesson.audience().includes(signedIn.current().orElse(null), lesson.owner());
    }

    /**
     * Stores a new lesson of the member who is signed in.
     *
     * @return its name in addresses
     * @throws Refusal naming the first line that cannot be read
     */
    public String add(String markdown, Audience audience) {
        Account by = signedIn.requireMember();
        Lesson lesson = readable(markdown);
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into own_lesson (owner_id, title, markdown, audience, changed_at) values (?, ?, ?, ?, ?)")
                .params(by.id(), lesson.title(), markdown, audience.name(), now())
                .update(key, "id");
        return PREFIX + Objects.requireNonNull(key.getKey()).longValue();
    }

    /** Changes a lesson of one's own, or as an admin; throws as {@link #add} does. */
    public void change(OwnLesson before, String markdown, Audience audience) {
        signedIn.requireOwner(before.owner());
        Lesson lesson = readable(markdown);
        int changed = jdbc.sql(
                        "update own_lesson set title = ?, markdown = ?, audience = ?, changed_at = ? where id = ?")
                .params(lesson.title(), markdown, audience.name(), now(), before.id())
                .update();
        if (changed == 0) {
            throw new Refusal("the lesson has been deleted meanwhile");
        }
    }

    /** Deletes a lesson of one's own, or as an admin, with what was answered in it. */
    public void delete(OwnLesson lesson) {
        signedIn.requireOwner(lesson.owner());
        jdbc.sql("delete from own_lesson where id = ?").param(lesson.id()).update();
        answers.forget(lesson.name());
    }

    private static Lesson readable(String markdown) {
        int bytes = markdown.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST) {
            throw new Refusal("the lesson has " + bytes + " bytes; at most " + LONGEST + " are kept");
        }
        if (markdown.indexOf('\0') >= 0) {
            throw new Refusal("the lesson has a character U+0000, which cannot be stored");
        }
        Read read = LessonReader.read("new", "the lesson", markdown);
        return read.lesson()
                .orElseThrow(
                        () -> new Refusal("line " + read.faults().getFirst().line() + ": "
                                + read.faults().getFirst().words()));
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    private static OwnLesson lesson(ResultSet row, int index) throws SQLException {
        return new OwnLesson(
                row.getLong("id"),
                row.getLong("owner_id"),
                row.getString("by_name"),
                row.getString("title"),
                row.getString("markdown"),
                Audience.valueOf(row.getString("audience")),
                row.getObject("changed_at", OffsetDateTime.class));
    }

    @Override
    public String name() {
        return "lessons";
    }

    @Override
    public List<OwnLesson> export(long account) {
        return jdbc.sql(SELECT + "where l.owner_id = ? order by l.id")
                .param(account)
                .query(OwnLessons::lesson)
                .list();
    }

    @Override
    public void delete(long account) {
        jdbc.sql("select id from own_lesson where owner_id = ?")
                .param(account)
                .query(Long.class)
                .list()
                .forEach(id -> answers.forget(PREFIX + id));
        jdbc.sql("delete from own_lesson where owner_id = ?").param(account).update();
    }
}
