package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Stores the models of folders in the database: those that Headlight ships, and those under the folders
 * named by {@code headlight.models}. A model is stored once, by its name and the hash of its files; a broken one is
 * reported and skipped.
 */
@Component
class ModelFolders implements ApplicationRunner {

    private static final Logger LOG = System.getLogger(ModelFolders.class.getName());
    private static final int LONGEST_NAME = 100;
    private static final List<String> FILES = List.of(
            ModelSource.CONFIG,
            ModelSource.WEIGHTS,
            ModelSource.TOKENIZER,
            ModelSource.CARD,
            ModelSource.TRAINING,
            ModelSource.TEXT);

    /** Files that change the hash only if they exist: a model without them keeps the hash of earlier versions. */
    private static final List<String> LATER_FILES = List.of(ModelSource.TOKENIZER_CONFIG, ModelSource.FOLD);

    private final ModelStore store;
    private final ModelReader reader;
    private final RefusedModels refused;
    private final FolderWeights large;
    private final List<Path> folders;
    private final Path added;

    ModelFolders(
            ModelStore store,
            ModelReader reader,
            RefusedModels refused,
            FolderWeights large,
            @Value("${headlight.models:}") List<String> folders,
            @Value("${headlight.data}") Path data) {
        this.store = store;
        this.reader = reader;
        this.refused = refused;
        this.large = large;
        this.folders = folders.stream()
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder.strip()))
                .toList();
        this.added = added(data);
    }

    /** The folder of the models that people added and that are too large for the database. */
    static Path added(Path data) {
        return data.toAbsolutePath().resolve("models");
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        List<ModelSource> sources = new ArrayList<>(shipped());
        for (Path folder : folders) {
            sources.addAll(modelsIn(folder));
        }
        sources.forEach(this::bring);
        if (Files.isDirectory(added)) {
            modelsIn(added).forEach(this::find);
        }
        store.unchecked().forEach(this::check);
        LOG.log(Level.INFO, "{0} models are stored", store.all().size());
    }

    /** Remembers the weights of a model that somebody added; what a stop of the program left of another stays unread. */
    private void find(ModelSource source) {
        try {
            String state = large.state(source);
            String hash = hash(source);
            if (store.holds(source.name(), hash)) {
                large.know(source, hash, state);
            }
        } catch (IOException | RuntimeException broken) {
            LOG.log(Level.WARNING, "the added model {0} cannot be read: {1}", source.name(), broken.toString());
        }
    }

    /** Stores a model if it is not stored yet; logs the reason if it cannot be stored. */
    void bring(ModelSource source) {
        try {
            checkName(source.name());
            String state = large.state(source);
            String hash = hash(source);
            large.know(source, hash, state);
            if (!store.holds(source.name(), hash)) {
                store.store(source, hash, large.areLarge(source), reader::check);
                LOG.log(Level.INFO, "stored the model {0}", source.name());
            }
            store.opensFirst(source.name(), source.text(ModelSource.OPENS_FIRST) != null);
            refused.take(source);
        } catch (IOException | RuntimeException broken) {
            refused.refuse(source, broken);
            LOG.log(
                    Level.WARNING,
                    "skipped the model {0} ({1}): {2}",
                    source.name(),
                    source.place(),
                    broken.getMessage());
        }
    }

    boolean areLarge(FolderSource source) throws IOException {
        return large.areLarge(source);
    }

    /** Stores a model that somebody adds. */
    void store(FolderSource source, String name, long owner, Audience audience, ModelStore.ModelCheck check)
            throws IOException {
        String state = large.state(source);
        String hash = hash(source);
        if (large.areLarge(source)) {
            large.know(source, hash, state);
        }
        store.store(source, name, owner, audience, hash, large.areLarge(source), check);
    }

    /** Gives the folder of a model that somebody added another name. */
    void rename(StoredModel model, String from, String to) throws IOException {
        FolderSource source =
                new FolderSource(Files.move(added.resolve(from), added.resolve(to), StandardCopyOption.ATOMIC_MOVE));
        large.know(source, model.hash(), large.state(source));
    }

    /** Checks a model that an earlier version stored for warnings. */
    private void check(StoredModel model) {
        try {
            store.warn(model.id(), reader.check(model));
        } catch (IOException | RuntimeException broken) {
            LOG.log(Level.WARNING, "the stored model {0} cannot be read: {1}", model.name(), broken.getMessage());
        }
    }

    /** Checks that a name can be seen, stored and written in an address. */
    private static void checkName(String name) {
        if (name.length() > LONGEST_NAME) {
            throw new Refusal(
                    "its name has " + name.length() + " characters; at most " + LONGEST_NAME + " are allowed");
        }
        if (name.codePoints()
                .anyMatch(code -> Character.isISOControl(code) || Character.getType(code) == Character.SURROGATE)) {
            throw new Refusal("its name has a character that is invalid or cannot be seen");
        }
    }

    private static List<ModelSource> shipped() throws IOException {
        List<ModelSource> sources = new ArrayList<>();
        for (Resource config :
                new PathMatchingResourcePatternResolver().getResources("classpath:db/models/*/" + ModelSource.CONFIG)) {
            String[] path = config.getURL().getPath().split("/");
            sources.add(new ResourceSource(URLDecoder.decode(path[path.length - 2], StandardCharsets.UTF_8), config));
        }
        return sources;
    }

    private static List<ModelSource> modelsIn(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory)
                    .sorted()
                    .<ModelSource>map(FolderSource::new)
                    .toList();
        } catch (IOException unreadable) {
            LOG.log(Level.WARNING, "the folder of models {0} cannot be read: {1}", folder, unreadable.toString());
            return List.of();
        }
    }

    private static void update(MessageDigest digest, @Nullable InputStream in, byte[] buffer) throws IOException {
        for (int n; in != null && (n = in.read(buffer)) > 0; ) {
            digest.update(buffer, 0, n);
        }
    }

    private static String hash(ModelSource source) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (String file : FILES) {
                digest.update(file.getBytes(StandardCharsets.UTF_8));
                boolean weights = file.equals(ModelSource.WEIGHTS);
                try (InputStream in = weights ? source.openWeights() : source.open(file)) {
                    update(digest, in, buffer);
                }
            }
            for (String file : LATER_FILES) {
                try (InputStream in = source.open(file)) {
                    if (in != null) {
                        digest.update(file.getBytes(StandardCharsets.UTF_8));
                        update(digest, in, buffer);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
