package app.headlight.web.learn;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.lessons.Fault;
import app.headlight.services.lessons.Lesson;
import app.headlight.services.lessons.LessonAnswers;
import app.headlight.services.lessons.Lessons;
import app.headlight.services.lessons.OwnLessons;
import app.headlight.services.lessons.OwnLessons.OwnLesson;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The lessons that a reader finds: those that come with Headlight, and those of members that the reader may see. */
@Component
class Shelf {

    private final Lessons shipped;
    private final OwnLessons own;
    private final LessonAnswers answers;
    private final SignedIn signedIn;

    Shelf(Lessons shipped, OwnLessons own, LessonAnswers answers, SignedIn signedIn) {
        this.shipped = shipped;
        this.own = own;
        this.answers = answers;
        this.signedIn = signedIn;
    }

    List<Lesson> shipped() {
        return shipped.all();
    }

    List<OwnLesson> own() {
        return own.all();
    }

    Optional<Lesson> find(String name) {
        return shipped.find(name)
                .or(() -> own.find(name).flatMap(lesson -> lesson.read().lesson()));
    }

    /** What is wrong in a lesson that cannot be read. */
    List<Fault> faults(String name) {
        return own.find(name)
                .map(lesson -> lesson.read().faults())
                .orElseGet(() -> shipped.faults().stream()
                        .filter(fault -> fault.file().equals(name + ".md"))
                        .toList());
    }

    List<Fault> faults() {
        return shipped.faults();
    }

    /** “Lesson 3 of 8”; of a member's lesson, by whom it is. */
    String place(Lesson lesson) {
        int index = shipped.all().indexOf(lesson);
        return index < 0
                ? own.find(lesson.name()).map(found -> "By " + found.by()).orElse("")
                : "Lesson " + (index + 1) + " of " + shipped.all().size();
    }

    /** The lesson that comes after one. */
    Optional<Lesson> after(Lesson lesson) {
        int index = shipped.all().indexOf(lesson);
        return index < 0 || index + 1 == shipped.all().size()
                ? Optional.empty()
                : Optional.of(shipped.all().get(index + 1));
    }

    /** Whether whoever is signed in looks after a lesson, and so sees how far the group is: its author, or an admin. */
    boolean isTeacher(String lesson) {
        Optional<Account> account = signedIn.current();
        return account.filter(Account::isAdmin).isPresent()
                || (account.isPresent()
                        && own.find(lesson)
                                .filter(found -> account.get().mayChange(found.owner()))
                                .isPresent());
    }

    /** Whether whoever is signed in may change a lesson. */
    boolean isEditor(String lesson) {
        return own.find(lesson)
                .filter(found -> signedIn.member()
                        .filter(account -> account.mayChange(found.owner()))
                        .isPresent())
                .isPresent();
    }

    /** Keeps the progress of whoever reads. */
    LessonProgress progress(Consumer<List<String>> marked) {
        return new LessonProgress(answers, signedIn, marked);
    }
}
