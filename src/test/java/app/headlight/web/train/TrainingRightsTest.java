package app.headlight.web.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.SharedServer;
import app.headlight.engine.training.Recipe;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Departures;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.Role;
import app.headlight.services.jobs.Job.State;
import app.headlight.services.models.TrainingJob;
import app.headlight.services.models.Trainings;
import app.headlight.web.security.Person;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class TrainingRightsTest extends SharedServer {

    private static final Recipe LONG = Recipe.repeats()
            .with()
            .model(1, 8, 2, 4)
            .vocabulary(32)
            .context(16)
            .steps(200_000)
            .rows(4)
            .learningRate(1e-2, 2)
            .threads(1)
            .build();

    @Autowired
    private TrainingRights rights;

    @Autowired
    private Trainings trainings;

    @Autowired
    private Departures departures;

    @AfterEach
    void leaveNothing() {
        SecurityContextHolder.clearContext();
        for (TrainingJob job : trainings.all()) {
            end(job);
            trainings.delete(job.id());
        }
    }

    @Test
    void aStrangerMayNothing() {
        TrainingJob job = trainings.ask("nobodys", LONG, null, null);
        assertThat(rights.isStranger()).isTrue();
        assertThat(rights.maySteer() || rights.mayDelete(job)).isFalse();
        refused("Sign in", () -> rights.ask("strangers", LONG, null));
        refused("Sign in", () -> rights.pause(job.id()));
        refused("Sign in", () -> rights.resume(job.id()));
        refused("Sign in", () -> rights.stop(job.id()));
        end(job);
        refused("Sign in", () -> rights.delete(job.id()));
        assertThat(trainings.all()).extracting(TrainingJob::name).containsExactly("nobodys");
    }

    @Test
    void aReaderMayNothingEither() {
        TrainingJob job = trainings.ask("nobodys", LONG, null, null);
        as(account("Reader of trainings", Role.READER));
        refused("Only a member", () -> rights.ask("readers", LONG, null));
        refused("Only a member", () -> rights.stop(job.id()));
        assertThat(trainings.find(job.id()).orElseThrow().state().isOpen()).isTrue();
    }

    @Test
    void aMemberDeletesTheirOwnAndAnAdminAnybodys() {
        Account ada = account("Ada of trainings", Role.MEMBER);
        Account bob = account("Bob of trainings", Role.MEMBER);
        as(ada);
        TrainingJob first = rights.ask("first", LONG, null);
        TrainingJob second = rights.ask("second", LONG, null);
        assertThat(first.job().ownerId()).isEqualTo(ada.id());
        as(bob);
        rights.stop(first.id());
        end(first);
        assertThat(rights.mayDelete(first)).isFalse();
        refused("or an admin", () -> rights.delete(first.id()));
        assertThat(trainings.find(first.id())).isPresent();
        as(ada);
        assertThat(rights.mayDelete(first)).isTrue();
        rights.delete(first.id());
        assertThat(trainings.find(first.id())).isEmpty();
        end(second);
        as(account("Admin of trainings", Role.ADMIN));
        rights.delete(second.id());
        assertThat(trainings.all()).isEmpty();
    }

    @Test
    void whoLeavesTakesTheirListAlongAndTheModelsStayAsNobodys() {
        Account eve = account("Eve of trainings", Role.MEMBER);
        as(eve);
        TrainingJob job = rights.ask("eves", LONG, null);
        assertThat(departures.export(eve).get("trainings").toString()).contains("eves");
        departures.delete(eve);
        assertThat(trainings.find(job.id()).orElseThrow().job().ownerId()).isNull();
    }

    private static void refused(String why, ThrowingCallable asked) {
        assertThatThrownBy(asked).isInstanceOf(NotAllowedException.class).hasMessageContaining(why);
    }

    private static void as(Account account) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        new Person(account), null, Person.authorities(account)));
    }

    private void end(TrainingJob job) {
        trainings.stop(job.id());
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (trainings
                .find(job.id())
                .map(TrainingJob::state)
                .orElse(State.DONE)
                .isOpen()) {
            assertThat(System.nanoTime()).as("it did not end").isLessThan(until);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
