package app.headlight.services.models;

import app.headlight.engine.formats.ShardedWeights;
import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The weights that are too large for the database and stay in the folders of this server. Another server that shares the
 * database has them only if it has such a folder too.
 */
@Component
class FolderWeights {

    private final long largestStored;
    private final Map<Version, Known> known = new ConcurrentHashMap<>();

    /** @param megabytes above which weights stay in their folder */
    FolderWeights(@Value("${headlight.stored-mb:256}") int megabytes) {
        if (megabytes < 1) {
            throw new Refusal("headlight.stored-mb is " + megabytes + "; expected at least 1");
        }
        this.largestStored = (long) megabytes << 20;
    }

    /** A model, and which of its versions. */
    private record Version(String name, String hash) {}

    /**
     * A folder whose files have been read.
     *
     * @param state of its files before they were
     */
    private record Known(FolderSource source, String state) {}

    /** Whether a model's weights stay where they are. */
    boolean areLarge(ModelSource source) throws IOException {
        return source instanceof FolderSource folder && folder.weightsBytes() > largestStored;
    }

    /** What changes when the files of a model's weights are replaced. */
    String state(ModelSource source) throws IOException {
        return source instanceof FolderSource folder ? folder.state() : "";
    }

    /**
     * Remembers where a model is, also a small one: an earlier start may have left it in its folder.
     *
     * @param state of its files before they were read for the hash
     */
    void know(ModelSource source, String hash, String state) {
        if (source instanceof FolderSource folder) {
            known.put(new Version(folder.name(), hash), new Known(folder, state));
        }
    }

    /** Whether this server has the folder of a model. */
    boolean has(StoredModel model) {
        return known.containsKey(new Version(model.name(), model.hash()));
    }

    /**
     * Opens the weights of a model that stay in its folder.
     *
     * @throws Refusal if this server has no such folder, or its files have changed
     */
    SeekableByteChannel open(StoredModel model, long step) throws IOException {
        Known found = known.get(new Version(model.name(), model.hash()));
        if (found == null) {
            throw new Refusal(
                    "The weights of " + model.name() + " are too large for the database, and no folder of this"
                            + " server has them: copy the model's folder to it, name it in headlight.models, and start it again.");
        }
        FolderSource folder = found.source();
        if (!found.state().equals(folder.state())) {
            throw new Refusal("The files of " + model.name()
                    + " have changed since this server read them: start it again to read the new ones.");
        }
        String file = step == OpenModel.FINISHED ? ModelSource.WEIGHTS : ModelSource.checkpoint(step);
        String index = folder.text(ShardedWeights.INDEX);
        if (step == OpenModel.FINISHED && index != null) {
            ShardedWeights shards = ShardedWeights.of(index, folder::open);
            return WeightsChannel.of(shards.size(), shards::read);
        }
        try {
            return folder.channel(file);
        } catch (NoSuchFileException missing) {
            throw new Refusal(file + " of " + model.name() + " is missing in its folder");
        }
    }
}
