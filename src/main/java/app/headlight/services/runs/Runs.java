package app.headlight.services.runs;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.formats.RecordedFile;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.ground.addresses.Codes;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.Audience;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** The runs of other models that people add: their files are taken, checked and stored, or nothing of them stays. */
@Service
public class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int LONGEST_NAME = 100;

    /** Each check holds the largest tensor of a file. */
    private final Semaphore checking = new Semaphore(1);

    private final RunStore store;
    private final RunLimits limits;
    private final SignedIn signedIn;
    private final Laboratory lab;
    private final Path drafts;

    Runs(RunStore store, RunLimits limits, SignedIn signedIn, Laboratory lab, @Value("${headlight.data}") Path data) {
        this.store = store;
        this.limits = limits;
        this.signedIn = signedIn;
        this.lab = lab;
        this.drafts = data.toAbsolutePath().resolve("drafts");
    }

    public RunLimits limits() {
        return limits;
    }

    /** All runs that whoever asks may see, the newest first. */
    public List<StoredRun> all() {
        return store.all().stream().filter(this::isSeen).toList();
    }

    /** A run, if there is one of that id that whoever asks may see. */
    public Optional<StoredRun> find(String id) {
        return store.find(id).filter(this::isSeen);
    }

    private boolean isSeen(StoredRun run) {
        return run.audience() == Audience.ALL
                || run.audience().includes(signedIn.current().orElse(null), run.owner());
    }

    /** What was recorded of a run; it is kept in memory as long as there is room. */
    public RecordedRun open(StoredRun run) {
        return measured(run, "recorded run", List.of(), () -> {
            try (SeekableByteChannel file = store.file(run)) {
                return RecordedFile.read(file, check -> {}).run();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    /** What every head of a run attends to on its own tokens; see {@link DetectorScores#onText(RecordedRun)}. */
    public Map<HeadId, DetectorScores> detectors(StoredRun run) {
        return measured(run, "detector scores of a run", List.of(), () -> DetectorScores.onText(open(run)));
    }

    /**
     * Something of a run, measured once whoever asks.
     *
     * @param how all that it depends on beside the run
     */
    public <V> V measured(StoredRun run, String what, List<?> how, Supplier<V> work) {
        return lab.get(Measurement.quick(run.ref(), what, how, work));
    }

    /** Writes the file of a run as it was given. */
    public void write(StoredRun run, OutputStream out) throws IOException {
        try (SeekableByteChannel file = store.file(run)) {
            Channels.newInputStream(file).transferTo(out);
        }
    }

    /**
     * Takes a file, checks it and stores it. What is wrong is refused, and nothing of it stays.
     *
     * @param name what to call the run; empty: as the file says
     * @param otherwise its name if the file says none
     * @param told each check in words as it begins
     * @throws Refusal in words for people, naming the tensor and the value that is wrong
     * @throws NotAllowedException if whoever asks may not add runs
     */
    public StoredRun add(InputStream in, String name, String otherwise, Audience audience, Consumer<String> told)
            throws IOException {
        Account owner = limits.require();
        checkName(name);
        checkCount(owner);
        Files.createDirectories(drafts);
        Path draft = Files.createTempFile(drafts, "run", ".safetensors");
        try {
            String hash = copy(in, draft);
            RecordedFile read = checked(draft, told);
            String called = !name.isBlank() ? name.strip() : read.name().isEmpty() ? otherwise : read.name();
            StoredRun run = new StoredRun(
                    Codes.next(),
                    called,
                    read.model(),
                    hash,
                    Files.size(draft),
                    read.run().length(),
                    read.run().nLayers(),
                    read.run().nHeads(),
                    read.run().isCausal(),
                    read.hooks(),
                    read.unused(),
                    owner.id(),
                    audience,
                    OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));
            try (InputStream file = Files.newInputStream(draft)) {
                store.add(run, file);
            }
            LOG.info("{} added the run {}, “{}”", owner.name(), run.id(), run.name());
            return run;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void checkName(String name) {
        if (name.strip().length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal("The name is “" + (name.length() > LONGEST_NAME ? name.substring(0, 40) + "…" : name)
                    + "”; expected one line of " + LONGEST_NAME + " characters at most");
        }
    }

    private void checkCount(Account owner) {
        int owned = store.ownedBy(owner.id());
        if (!owner.isAdmin() && owned >= limits.runs()) {
            throw new Refusal("You have added " + owned
                    + " runs, which is the most that one account may have here; delete one first");
        }
    }

    /** @return its SHA-256 in hexadecimal */
    private String copy(InputStream in, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            long written = 0;
            for (int n; (n = in.read(buffer)) > 0; ) {
                written += n;
                if (written > limits.bytes()) {
                    throw new Refusal("The file has more than " + (limits.bytes() >> 20)
                            + " MB, which is the most that a run may have here");
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private RecordedFile checked(Path draft, Consumer<String> told) throws IOException {
        checking.acquireUninterruptibly();
        try (SeekableByteChannel file = Files.newByteChannel(draft)) {
            return RecordedFile.read(file, told);
        } finally {
            checking.release();
        }
    }

    /** Whether whoever is signed in may change or delete a run: their own, or as an admin any. */
    public boolean mayChange(StoredRun run) {
        return signedIn.member()
                .filter(account -> account.mayChange(run.owner()))
                .isPresent();
    }

    /**
     * Deletes a run.
     *
     * @throws NotAllowedException if whoever asks may not
     */
    public void delete(StoredRun run) {
        Account account = signedIn.requireOwner(run.owner());
        store.delete(run.id());
        LOG.info("{} deleted the run {}", account.name(), run.id());
    }

    /**
     * Lets others see a run, or no longer.
     *
     * @throws NotAllowedException if whoever asks may not
     */
    public void show(StoredRun run, Audience audience) {
        signedIn.requireOwner(run.owner());
        store.show(run.id(), audience);
    }
}
