package app.headlight.web.train;

import app.headlight.ground.people.PersonalRecords;
import app.headlight.services.models.Trainings;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The trainings that someone asked for, as part of what is kept about them. */
@Component
class OwnTrainings implements PersonalRecords {

    private final Trainings trainings;

    OwnTrainings(Trainings trainings) {
        this.trainings = trainings;
    }

    /** @param recipe as its sentence */
    record Asked(String model, String recipe, OffsetDateTime askedAt) {}

    @Override
    public String name() {
        return "trainings";
    }

    @Override
    public Object export(long accountId) {
        return trainings.all().stream()
                .filter(training -> Objects.equals(training.job().ownerId(), accountId))
                .map(training -> new Asked(
                        training.name(),
                        training.recipe().inWords(),
                        training.job().askedAt()))
                .toList();
    }

    @Override
    public void delete(long accountId) {
        // The models stay, as nobody's: the database forgets whose they were along with the account.
    }
}
