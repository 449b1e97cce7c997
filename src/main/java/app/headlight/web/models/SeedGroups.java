package app.headlight.web.models;

import app.headlight.engine.circuits.HeadRoles;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TrainingLog;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.Ticket;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Finds the stored models that were trained by one recipe with several seeds, and measures their heads. */
@Service
class SeedGroups {

    private final ModelLibrary library;
    private final HeadScores scores;
    private final Laboratory lab;

    SeedGroups(ModelLibrary library, HeadScores scores, Laboratory lab) {
        this.library = library;
        this.scores = scores;
        this.lab = lab;
    }

    /**
     * One of the models.
     *
     * @param heads how many it has
     */
    record Member(String name, TrainingLog log, int heads) {}

    /** Models whose recipes differ in nothing but the seed, by seed; at least two. */
    record Group(List<Member> members) {}

    List<Group> all() {
        Map<Recipe, List<Member>> byRecipe = new LinkedHashMap<>();
        library.models()
                .forEach(model -> library.training(model)
                        .filter(log ->
                                log.recipe().layers() > 0 && !log.measures().isEmpty())
                        .ifPresent(log -> byRecipe.computeIfAbsent(
                                        log.recipe().with().seed(0).build(), recipe -> new ArrayList<>())
                                .add(new Member(
                                        model.name(),
                                        log,
                                        log.recipe().layers() * log.recipe().heads()))));
        return byRecipe.values().stream()
                .filter(members -> members.size() > 1)
                .map(members -> new Group(members.stream()
                        .sorted(Comparator.comparingLong(
                                member -> member.log().recipe().seed()))
                        .toList()))
                .toList();
    }

    /** The roles of each member's heads, in their order. */
    Ticket<List<HeadRoles>> roles(Group group) {
        List<OpenModel> models = group.members().stream()
                .map(member -> library.open(member.name()).orElseThrow())
                .toList();
        Measurement.Key key =
                new Measurement.Key(models.stream().map(OpenModel::ref).toList(), "roles of the heads", List.of());
        return lab.ask(new Measurement<>(
                key,
                true,
                progress -> {
                    List<HeadRoles> roles = new ArrayList<>();
                    for (OpenModel model : models) {
                        progress.report(roles.size(), models.size());
                        roles.add(HeadRoles.of(model.transformer(), scores.of(model)));
                    }
                    return List.copyOf(roles);
                },
                null));
    }
}
