package app.headlight.web.train;

import app.headlight.engine.training.Recipe;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.models.TrainingJob;
import app.headlight.services.models.Trainings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may do what with trainings: members start and stop them, whoever asked for one or an admin deletes it. Each method
 * throws {@link NotAllowedException} to those who may not.
 */
@Component
class TrainingRights {

    private final Trainings trainings;
    private final SignedIn signedIn;

    TrainingRights(Trainings trainings, SignedIn signedIn) {
        this.trainings = trainings;
        this.signedIn = signedIn;
    }

    boolean isStranger() {
        return signedIn.isStranger();
    }

    boolean maySteer() {
        return signedIn.member().isPresent();
    }

    boolean mayDelete(TrainingJob job) {
        try {
            signedIn.requireOwner(job.job().ownerId());
            return true;
        } catch (NotAllowedException notTheirs) {
            return false;
        }
    }

    /** See {@link Trainings#ask}. */
    TrainingJob ask(String name, Recipe recipe, @Nullable String text) {
        Account account = signedIn.requireMember();
        return trainings.ask(name, recipe, text, account.id());
    }

    void pause(long id) {
        signedIn.requireMember();
        trainings.pause(id);
    }

    void resume(long id) {
        signedIn.requireMember();
        trainings.resume(id);
    }

    void stop(long id) {
        signedIn.requireMember();
        trainings.stop(id);
    }

    void delete(long id) {
        trainings.find(id).ifPresent(job -> {
            signedIn.requireOwner(job.job().ownerId());
            trainings.delete(id);
        });
    }
}
