package app.headlight.services.hub;

import app.headlight.engine.formats.ConfigFile;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.ShardedWeights;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Bounds;
import app.headlight.engine.transformer.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * The Hugging Face hub, asked as its own tools do. {@link #look} says what a model is before its weights are fetched,
 * {@link #fetch} fetches it.
 */
@Service
public class Hub {

    private static final Logger LOG = System.getLogger(Hub.class.getName());
    private static final int LONGEST_LISTING = 8 << 20;
    private static final int LONGEST_INDEX = 8 << 20;
    private static final int LONGEST_CONFIG = 1 << 20;

    private final HubSettings settings;
    private final HubHttp http;
    private final HubFaults faults;

    @Autowired
    Hub(HubSettings settings) {
        this(settings, Network.OF_THIS_MACHINE);
    }

    Hub(HubSettings settings, Network network) {
        this.settings = settings;
        this.http = new HubHttp(settings, network);
        this.faults = new HubFaults(settings);
    }

    /**
     * The name that a person typed or pasted.
     *
     * @throws Refusal naming what was typed, if it is no name and no address of a model's page
     */
    public HubName name(String typed) {
        return HubName.of(typed, settings.endpoint());
    }

    /**
     * What the hub has by that name. Little is fetched for it: the list of files, {@code config.json}, and the index of
     * the shards.
     *
     * @throws Refusal if there is no such model, or none that can be read; or if the hub does not answer
     * @throws CancellationException if this thread is interrupted
     */
    public HubModel look(HubName asked) {
        long end = System.nanoTime() + settings.look().toNanos();
        try {
            return Interruptible.call(() -> looked(asked), () -> {
                if (System.nanoTime() > end) {
                    throw new Refusal("The hub at " + settings.endpoint() + " did not say within "
                            + inSeconds(settings.look()) + " what " + asked.name() + " is; try again later");
                }
            });
        } catch (CutException cut) {
            throw new Refusal("The hub cannot be asked: " + cut.getMessage() + ". Try again later.", cut);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Fetches the model's files into a folder, which is made if it is not there. Each is checked against its size and
     * its checksum, and none has its name before all are there. If it is cancelled or fails, nothing is left behind.
     *
     * @param progress is told the share of all bytes, in the caller's thread; after the last of them its answer has no
     *     effect
     * @throws CancellationException if the listener ends it, or this thread is interrupted
     * @throws Refusal if the hub does not give what it promised, or if there is no room for it
     * @throws IOException if a file cannot be written; so if one of that name is already there
     */
    public void fetch(HubModel model, Path folder, Progress progress) throws IOException {
        boolean isNew = !Files.exists(folder);
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        boolean isWhole = false;
        try {
            refuseWithoutRoom(model, folder);
            for (HubFile file : model.files()) {
                refuseToReplace(folder.resolve(file.name()));
                written.add(part(folder, file));
            }
            AtomicLong done = new AtomicLong();
            long all = Math.max(1, model.bytes());
            Interruptible.call(() -> fetched(model, folder, done), () -> progress.report(done.get(), all));
            for (HubFile file : model.files()) {
                written.add(Files.move(part(folder, file), folder.resolve(file.name())));
            }
            isWhole = true;
        } finally {
            if (!isWhole) {
                written.forEach(Hub::remove);
                if (isNew) {
                    remove(folder);
                }
            }
        }
        progress.goesOn(1);
    }

    private HubModel looked(HubName asked) throws CutException {
        String revision = URLEncoder.encode(asked.asked(), StandardCharsets.UTF_8);
        String path = "/api/models/" + asked.name() + "/revision/" + revision + "?blobs=true";
        HubListing listing = HubListing.read(small(asked, "the list of files", path, LONGEST_LISTING), asked);
        HubName name = listing.name() == null ? asked : listing.name();
        if (listing.gated() && settings.token() == null) {
            throw faults.gated(name);
        }
        HubFile weights = listing.weights(name);
        HubFile config = listing.file(HubListing.CONFIG, name);
        ConfigFile read = config(name, text(name, listing, config, LONGEST_CONFIG));
        List<HubFile> files = new ArrayList<>(List.of(config));
        for (String one : List.of(HubListing.TOKENIZER, HubListing.TOKENIZER_CONFIG)) {
            if (listing.names().contains(one)) {
                files.add(listing.file(one, name));
            }
        }
        files.add(weights);
        if (weights.name().equals(ShardedWeights.INDEX)) {
            files.addAll(shards(name, listing, text(name, listing, weights, LONGEST_INDEX)));
        }
        return new HubModel(name, listing.commit(), listing.licence(), listing.gated(), read, files);
    }

    private static ConfigFile config(HubName name, String text) {
        try {
            ConfigFile read = ModelFiles.readConfig(text);
            Bounds.check(read.config());
            return read;
        } catch (Refusal refused) {
            throw new Refusal(name.name() + " cannot be read here: " + refused.getMessage(), refused);
        }
    }

    private static List<HubFile> shards(HubName name, HubListing listing, String index) {
        try {
            return listing.shards(ShardedWeights.files(index), name);
        } catch (IOException broken) {
            throw new Refusal(name.name() + ": " + broken.getMessage(), broken);
        }
    }

    /** A file of text, checked as all are. */
    private String text(HubName name, HubListing listing, HubFile file, int most) throws CutException {
        if (file.bytes() > most) {
            throw new Refusal(file.name() + " of " + name.name() + " has " + file.bytes() + " bytes; at most " + most
                    + " are read");
        }
        byte[] content = small(name, file.name(), Download.path(name, listing.commit(), file.name()), most);
        MessageDigest digest = file.sum().begin(file.bytes());
        digest.update(content);
        if (!file.sum().is(digest)) {
            throw new Refusal(file.name() + " of " + name.name() + " has not the checksum that the hub says, "
                    + file.sum() + ". Try again later.");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private byte[] small(HubName name, String what, String path, int most) throws CutException {
        try (Answer answer = http.get(path, Map.of())) {
            if (answer.status() != 200) {
                throw faults.refused(answer, name, what);
            }
            return answer.all(most);
        }
    }

    /** @param done is set to the bytes that have come */
    private Path fetched(HubModel model, Path folder, AtomicLong done) throws IOException, InterruptedException {
        long before = 0;
        for (HubFile file : model.files()) {
            long begin = before;
            new Download(http, faults, model, file, have -> done.set(begin + have))
                    .to(part(folder, file), settings.pause());
            before += file.bytes();
        }
        return folder;
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.log(Level.WARNING, "cannot delete {0}, which is left of a model that was not fetched", file);
        }
    }

    private static Path part(Path folder, HubFile file) {
        return folder.resolve(file.name() + ".part");
    }

    private static void refuseToReplace(Path file) throws FileAlreadyExistsException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    private static void refuseWithoutRoom(HubModel model, Path folder) throws IOException {
        long room = Files.getFileStore(folder).getUsableSpace();
        if (model.bytes() > room) {
            throw new Refusal(model.name().name() + " has " + megabytes(model.bytes()) + "; this server has room for "
                    + megabytes(room));
        }
    }

    private static String megabytes(long bytes) {
        return String.format("%,d MB", (bytes + 999_999) / 1_000_000);
    }

    private static String inSeconds(Duration time) {
        return Math.max(1, time.toSeconds()) + " s";
    }
}
