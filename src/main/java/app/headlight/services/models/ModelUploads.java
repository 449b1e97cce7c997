package app.headlight.services.models;

import app.headlight.engine.formats.ConfigFile;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.SafetensorsException;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Progress;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.hub.Hub;
import app.headlight.services.hub.HubModel;
import app.headlight.services.jobs.Jobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The models that people add: their files are taken, checked step by step, and stored. */
@Service
public class ModelUploads {

    /** Tokens of the run that every model must be able to do. */
    private static final int TRIED = 8;

    /** Each check reads a model whole. */
    private final Semaphore checking = new Semaphore(1);

    private static final Logger LOG = LoggerFactory.getLogger(ModelUploads.class);

    private final UploadLimits limits;
    private final SignedIn signedIn;
    private final ModelStore store;
    private final ModelNames names;
    private final ModelFolders folders;
    private final ModelReader reader;
    private final Jobs jobs;
    private final Hub hub;
    private final Path drafts;
    private final Path large;

    ModelUploads(
            UploadLimits limits,
            SignedIn signedIn,
            ModelStore store,
            ModelNames names,
            ModelFolders folders,
            ModelReader reader,
            Jobs jobs,
            Hub hub,
            @Value("${headlight.data}") Path data)
            throws IOException {
        this.limits = limits;
        this.signedIn = signedIn;
        this.store = store;
        this.names = names;
        this.folders = folders;
        this.reader = reader;
        this.jobs = jobs;
        this.hub = hub;
        this.drafts = data.toAbsolutePath().resolve("drafts");
        this.large = ModelFolders.added(data);
        removeOldDrafts();
    }

    /** Those that a stop of the program left; another server may use the same folder, so a day must have passed. */
    private void removeOldDrafts() throws IOException {
        Instant dayBefore = Instant.now().minus(Duration.ofDays(1));
        if (Files.isDirectory(drafts)) {
            try (Stream<Path> inside = Files.list(drafts)) {
                for (Path draft : inside.toList()) {
                    if (Files.getLastModifiedTime(draft).toInstant().isBefore(dayBefore)) {
                        ModelDraft.removeAll(draft);
                    }
                }
            }
        }
    }

    /**
     * Begins to take files.
     *
     * @throws NotAllowedException if whoever asks may not add models
     */
    public ModelDraft begin() throws IOException {
        limits.require();
        Files.createDirectories(drafts);
        return new ModelDraft(Files.createTempDirectory(drafts, "model"), limits.bytes());
    }

    /** @throws Refusal if whoever asks may not have this model fetched */
    public void checkFetch(HubModel model) {
        if (!limits.mayFetch()) {
            throw NotAllowedException.notYours("You may not have models fetched from the hub here.");
        }
        if (model.bytes() > limits.bytes()) {
            throw new Refusal(String.format(
                    "It has %,d MB; the most that may be added here are %,d MB",
                    model.bytes() >> 20, limits.bytes() >> 20));
        }
    }

    /** Fetches a model's files from the hub into a draft that has none yet, with a card that says where it is from. */
    public void fetch(ModelDraft draft, HubModel model, Progress progress) throws IOException {
        hub.fetch(model, draft.folder(), progress);
        draft.found();
        String card = "# " + model.name().name() + "\n\nFrom the Hugging Face hub, commit " + model.commit()
                + ", licence " + (model.licence() == null ? "not named" : model.licence()) + ".\n";
        draft.take(ModelSource.CARD, new ByteArrayInputStream(card.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Checks the files and stores the model. What is wrong is refused, and nothing of the model stays.
     *
     * @param name of the model
     * @param told each check in words as it begins
     * @throws Refusal in words for people, naming the file and the fault
     */
    public StoredModel store(ModelDraft draft, String name, Audience audience, Consumer<String> told)
            throws IOException {
        Account owner = limits.require();
        checkName(name);
        checkRoom(owner);
        String missing = draft.missing();
        if (missing != null) {
            throw new Refusal(missing);
        }
        told.accept("Reading config.json");
        FolderSource source = new FolderSource(draft.folder());
        ConfigFile config = ModelFiles.readConfig(String.valueOf(source.text(ModelSource.CONFIG)));
        told.accept("It is a model with " + config.config().nLayers() + " layers of "
                + config.config().nHeads() + " heads; reading its weights, all of them");
        boolean isLarge = folders.areLarge(source);
        checking.acquireUninterruptibly();
        boolean done = false;
        FolderSource placed = isLarge ? new FolderSource(large.resolve(name)) : source;
        try {
            if (isLarge) {
                move(draft, large.resolve(name));
            }
            folders.store(placed, name, owner.id(), audience, model -> {
                List<String> warnings = reader.check(model);
                told.accept("Running it on a few tokens");
                tried(model);
                return warnings;
            });
            done = true;
        } catch (DuplicateKeyException meanwhile) {
            throw taken(name);
        } catch (SafetensorsException weights) {
            throw new Refusal("The weights cannot be read as safetensors: " + weights.getMessage(), weights);
        } catch (FileSystemException ofTheServer) {
            throw ofTheServer;
        } catch (IOException unreadable) {
            throw new Refusal(String.valueOf(unreadable.getMessage()), unreadable);
        } finally {
            checking.release();
            if (!done && isLarge) {
                ModelDraft.removeAll(placed.folder());
            }
        }
        LOG.info("{} added the model {}", owner.name(), name);
        return store.find(name).orElseThrow();
    }

    private static void move(ModelDraft draft, Path to) throws IOException {
        ModelDraft.removeAll(to); // what a stop of the program left: no model has this name
        Files.createDirectories(to.getParent());
        draft.moveTo(to);
    }

    private void tried(StoredModel model) throws IOException {
        OpenModel open = reader.read(model, OpenModel.FINISHED);
        try {
            int length = Math.min(TRIED, open.config().nCtx());
            open.transformer()
                    .run(IntStream.range(0, length)
                            .map(at -> at % open.config().dVocab())
                            .toArray());
        } finally {
            open.tokenizer().close();
        }
    }

    private void checkName(String name) {
        if (name.isEmpty()) {
            throw new Refusal("Give the model a name");
        }
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,59}")) {
            throw new Refusal("“" + name + "” cannot be a model's name; expected up to 60 letters, digits, dots,"
                    + " hyphens and low lines, the first a letter or a digit");
        }
        if (names.isTaken(name) || jobs.find(TrainingKind.NAME, name).isPresent()) {
            throw taken(name);
        }
    }

    private void checkRoom(Account owner) {
        if (!owner.isAdmin() && store.ownedBy(owner.id()) >= limits.models()) {
            throw new Refusal("You have added " + store.ownedBy(owner.id())
                    + " models, which is the most that one account may have here; delete one first");
        }
    }

    private static Refusal taken(String name) {
        return new Refusal("There is a model named “" + name + "” already, or one had that name; choose another name");
    }

    /** Whether whoever is signed in may rename or delete a model: their own, or as an admin any that somebody added. */
    public boolean mayChange(StoredModel model) {
        return model.uploaded()
                && signedIn.member()
                        .filter(account -> account.mayChange(model.owner()))
                        .isPresent();
    }

    /**
     * Deletes a model that somebody added.
     *
     * @throws NotAllowedException if whoever asks may not
     */
    public void delete(StoredModel model) throws IOException {
        requireChangeable(model);
        store.delete(model.id());
        if (model.inFolder()) {
            ModelDraft.removeAll(large.resolve(model.name()));
        }
        LOG.info("the model {} was deleted", model.name());
    }

    /**
     * Gives a model that somebody added another name. Addresses with the old name still lead to it, findings about it
     * are about it under the new one.
     *
     * @throws NotAllowedException if whoever asks may not
     * @throws Refusal if it cannot have that name
     */
    public void rename(StoredModel model, String name) throws IOException {
        requireChangeable(model);
        if (name.equals(model.name())) {
            return;
        }
        if (!names.isFormer(model.id(), name)) {
            checkName(name);
        }
        if (model.inFolder()) {
            folders.rename(model, model.name(), name);
        }
        boolean done = false;
        try {
            names.rename(model.id(), model.name(), name);
            done = true;
        } catch (DuplicateKeyException meanwhile) {
            throw taken(name);
        } finally {
            if (!done && model.inFolder()) {
                folders.rename(model, name, model.name());
            }
        }
        LOG.info("the model {} is named {} now", model.name(), name);
    }

    /**
     * Lets others see a model that somebody added, or no longer.
     *
     * @throws NotAllowedException if whoever asks may not
     */
    public void show(StoredModel model, Audience audience) {
        requireChangeable(model);
        store.show(model.id(), audience);
    }

    private void requireChangeable(StoredModel model) {
        if (!model.uploaded()) {
            throw NotAllowedException.notYours(
                    model.name() + " is in a folder of this server: it is changed there, by whoever runs the server.");
        }
        signedIn.requireOwner(model.owner());
    }
}
