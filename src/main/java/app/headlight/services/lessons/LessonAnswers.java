package app.headlight.services.lessons;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.PersonalRecords;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Which questions of lessons people with an account have answered, and how often wrongly before. */
@Service
public class LessonAnswers implements PersonalRecords {

    private static final int LONGEST_LESSON = 120;
    private static final int LONGEST_QUESTION = 200;

    private final JdbcClient jdbc;

    LessonAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What somebody answered.
     *
     * @param wrong how often wrongly
     * @param solvedAt null: not rightly so far
     */
    public record Answer(
            String lesson,
            String question,
            int wrong,
            @Nullable OffsetDateTime solvedAt) {}

    /** What somebody of the group answered in a lesson, by the name of the person. */
    public record OfPerson(String person, List<Answer> answers) {
        public OfPerson {
            answers = List.copyOf(answers);
        }
    }

    /** The questions of a lesson that an account has answered rightly. */
    public List<String> solved(Account by, String lesson) {
        return jdbc.sql(
                        "select question from lesson_answer where account_id = ? and lesson = ? and solved_at is not null")
                .params(by.id(), lesson)
                .query(String.class)
                .list();
    }

    /** Keeps an answer; wrong ones after a right one count no more. */
    public void answered(Account by, String lesson, String question, boolean isRight) {
        if (lesson.length() > LONGEST_LESSON || question.length() > LONGEST_QUESTION) {
            return; // of no lesson that can be read
        }
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        if (update(by, lesson, question, isRight, now) == 0) {
            try {
                jdbc.sql(
                                "insert into lesson_answer (account_id, lesson, question, wrong, solved_at) values (?, ?, ?, ?, ?)")
                        .params(by.id(), lesson, question, isRight ? 0 : 1, isRight ? now : null)
                        .update();
            } catch (DuplicateKeyException inAnotherTab) {
                update(by, lesson, question, isRight, now);
            }
        }
    }

    private int update(Account by, String lesson, String question, boolean isRight, OffsetDateTime now) {
        return jdbc.sql(
                        isRight
                                ? "update lesson_answer set solved_at = coalesce(solved_at, ?)"
                                        + " where account_id = ? and lesson = ? and question = ?"
                                : "update lesson_answer set wrong = case when solved_at is null then wrong + 1 else wrong end"
                                        + " where account_id = ? and lesson = ? and question = ?")
                .params(isRight ? List.of(now, by.id(), lesson, question) : List.of(by.id(), lesson, question))
                .update();
    }

    /** What the group answered in a lesson, by the names of the people; those who answered nothing are not there. */
    public List<OfPerson> group(String lesson) {
        Map<String, List<Answer>> people = new LinkedHashMap<>();
        jdbc.sql("select a.name, l.lesson, l.question, l.wrong, l.solved_at from lesson_answer l"
                        + " join account a on a.id = l.account_id where l.lesson = ? order by a.name, a.id")
                .param(lesson)
                .query((row, index) -> Map.entry(
                        row.getString(1),
                        new Answer(
                                row.getString(2),
                                row.getString(3),
                                row.getInt(4),
                                row.getObject(5, OffsetDateTime.class))))
                .list()
                .forEach(entry -> people.computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                        .add(entry.getValue()));
        return people.entrySet().stream()
                .map(entry -> new OfPerson(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Forgets what was answered in a lesson that is no more. */
    void forget(String lesson) {
        jdbc.sql("delete from lesson_answer where lesson = ?").param(lesson).update();
    }

    @Override
    public String name() {
        return "lesson_answers";
    }

    @Override
    public List<Answer> export(long account) {
        return jdbc.sql("select lesson, question, wrong, solved_at from lesson_answer where account_id = ?"
                        + " order by lesson, question")
                .param(account)
                .query((row, index) -> new Answer(
                        row.getString(1), row.getString(2), row.getInt(3), row.getObject(4, OffsetDateTime.class)))
                .list();
    }

    @Override
    public void delete(long account) {
        jdbc.sql("delete from lesson_answer where account_id = ?")
                .param(account)
                .update();
    }
}
