package app.headlight.services.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.SharedServer;
import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.lessons.LessonAnswers.OfPerson;
import app.headlight.services.lessons.OwnLessons.OwnLesson;
import app.headlight.services.models.Audience;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Lessons of members, and what people answered: who may see, change and delete what. */
class OwnLessonsTest extends SharedServer {

    private static final String TEXT = "---\ntitle: Mine\n---\n\n## One\n\nA text.\n";

    @Autowired
    private OwnLessons own;

    @Autowired
    private LessonAnswers answers;

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void onlyItsAudienceFindsALesson() {
        Account author = as(account("Lena", Role.MEMBER));
        String name = own.add(TEXT, Audience.OWNER);
        assertThat(own.find(name).map(OwnLesson::title)).contains("Mine");
        as(account("Otto", Role.MEMBER));
        assertThat(own.find(name)).isEmpty();
        assertThat(own.all()).noneMatch(lesson -> lesson.name().equals(name));
        as(account("Root", Role.ADMIN));
        assertThat(own.find(name)).isPresent();
        as(author);
        own.change(own.find(name).orElseThrow(), TEXT, Audience.MEMBERS);
        as(account("Otto", Role.MEMBER));
        OwnLesson seen = own.find(name).orElseThrow();
        assertThatThrownBy(() -> own.change(seen, TEXT, Audience.ALL)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> own.delete(seen)).isInstanceOf(NotAllowedException.class);
        SecurityContextHolder.clearContext();
        assertThat(own.find(name)).isEmpty();
        assertThatThrownBy(() -> own.add(TEXT, Audience.ALL)).isInstanceOf(NotAllowedException.class);
    }

    @Test
    void whatCannotBeReadIsNotStored() {
        as(account("Lena", Role.MEMBER));
        int before = own.all().size();
        assertThatThrownBy(() -> own.add("---\ntitle: Mine\n---\n\n## One\n\n{{nonsense}}\n", Audience.ALL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("line 7")
                .hasMessageContaining("nonsense");
        assertThatThrownBy(() -> own.add(TEXT + "x".repeat(60_000), Audience.ALL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("50000 are kept");
        assertThat(own.all()).hasSize(before);
    }

    @Test
    void wrongAnswersAreCountedUntilTheRightOneAndGoWithTheAccount() {
        Account lena = as(account("Lena", Role.MEMBER));
        String name = own.add(TEXT, Audience.ALL);
        answers.answered(lena, name, "One", false);
        answers.answered(lena, name, "One", false);
        assertThat(answers.solved(lena, name)).isEmpty();
        answers.answered(lena, name, "One", true);
        answers.answered(lena, name, "One", false);
        assertThat(answers.solved(lena, name)).containsExactly("One");
        List<OfPerson> group = answers.group(name);
        assertThat(group).hasSize(1);
        assertThat(group.getFirst().person()).isEqualTo("Lena");
        assertThat(group.getFirst().answers().getFirst().wrong()).isEqualTo(2);
        assertThat(answers.export(lena.id())).anyMatch(answer -> answer.lesson().equals(name));
        own.delete(own.find(name).orElseThrow());
        assertThat(answers.group(name)).isEmpty();
        assertThat(own.find(name)).isEqualTo(Optional.empty());
    }

    private static Account as(Account account) {
        record Person(Account account) implements SignedIn.Principal {
            @Override
            public String getName() {
                return account.name();
            }
        }
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken(new Person(account), "", List.of()));
        return account;
    }
}
