package app.headlight.tools;

import app.headlight.engine.formats.WeightsHash;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.training.Examples;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;
import app.headlight.engine.training.Training;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.training.TrainingState;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Trains a model by command and writes it as a folder that Headlight stores at its next start. If it is interrupted and run
 * again, it continues from its last state.
 */
final class CommandTraining {

    private static final int STEPS_BETWEEN_STATES = 500;

    private final TrainCommand arguments;
    private final Path work;
    private final ModelFolder folder;

    CommandTraining(TrainCommand arguments) {
        this.arguments = arguments;
        this.work = arguments.work();
        this.folder = new ModelFolder(arguments.folder());
    }

    void run() throws IOException {
        Files.createDirectories(work);
        Subject subject = arguments.recipe().task() == Task.TEXT
                ? TextSubject.read(arguments)
                : ModularSubject.of(arguments.recipe(), arguments.name());
        Recipe recipe = subject.recipe();
        Examples examples = subject.examples();
        if (folder.isWritten() && !Files.exists(work.resolve("state"))) {
            TrainingLog log = folder.log();
            if (!log.recipe().equals(recipe)) {
                throw new Refusal("there is a model of this name in " + folder.path()
                        + ", of another recipe; give another name, or remove that folder");
            }
            folder.write(card(subject, log), examples.figures(recipe.context()));
            say("%s is trained already; its card and the figures of its text were written again", folder.path());
            return;
        }
        Training training = begun(recipe, examples);
        training.run(new Saving(training));
        TrainingLog log = training.log();
        folder.write(subject.tokenizer(), log);
        folder.write(card(subject, log), examples.figures(recipe.context()));
        Files.deleteIfExists(work.resolve("state"));
        say("written to %s", folder.path());
    }

    /** What the subject says of the model, and then how to train it again. */
    private String card(Subject subject, TrainingLog log) throws IOException {
        Transformer model = folder.model(log.recipe().config());
        return subject.card().card(log, model)
                + "\nTrained by `./mvnw -Ptrain -Drecipe=\"" + arguments.again() + "\"`"
                + (arguments.commit().isEmpty() ? "" : " at commit " + arguments.commit())
                + ".\nSHA-256 of the configuration and the weights: " + WeightsHash.of(model.config(), model.weights())
                + "\n";
    }

    private Training begun(Recipe recipe, Examples examples) throws IOException {
        MatrixProducts products = MatrixProducts.fastest();
        Path state = work.resolve("state");
        if (!Files.exists(state)) {
            return Training.begin(recipe, examples, products, arguments.checkpoints());
        }
        TrainingLog log = TrainingLog.of(Files.readString(work.resolve("training.json")));
        if (!log.recipe().equals(recipe)) {
            throw new Refusal("there is an unfinished training of this name in " + work
                    + ", with another recipe; remove that folder to begin anew");
        }
        TrainingState from = TrainingState.of(recipe.config(), Files.readAllBytes(state));
        say("continuing from step %,d", from.step());
        return Training.resume(examples, products, arguments.checkpoints(), from, log);
    }

    static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** Writes the checkpoints, from time to time the state of the training, and lines for people. */
    private final class Saving implements Training.Listener {

        private final Training training;
        private int measures;

        Saving(Training training) {
            this.training = training;
        }

        @Override
        public void stepped(Training.Progress progress) {
            if (progress.step() % STEPS_BETWEEN_STATES == 0) {
                save();
            }
        }

        @Override
        public void logged(TrainingLog log) {
            if (log.measures().size() > measures) {
                measures = log.measures().size();
                TrainingLog.Measure last = log.measures().getLast();
                say(
                        "step %,d of %,d: unseen %.4f, induction %.3f, %,.0f s",
                        last.step(), log.recipe().steps(), last.unseen(), last.induction(), log.seconds());
            }
        }

        @Override
        public void checkpoint(TrainingLog log, Weights weights) {
            try {
                folder.writeCheckpoint(log, weights);
            } catch (IOException full) {
                throw new Refusal("a checkpoint cannot be written: " + full.getMessage(), full);
            }
        }

        /** Writes under another name first, so that a file is always complete. */
        private void save() {
            try {
                Files.writeString(
                        work.resolve("training.json.new"), training.log().json());
                Files.write(work.resolve("state.new"), training.state().bytes());
                for (String file : List.of("training.json", "state")) {
                    Files.move(work.resolve(file + ".new"), work.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException full) {
                throw new Refusal("the state cannot be written: " + full.getMessage(), full);
            }
        }
    }
}
