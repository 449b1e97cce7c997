package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The models in the folders of this server that cannot be used, with the reason of each. People who may see models may
 * see this list, so it does not say where files are.
 */
@Component
public class RefusedModels {

    private final ModelStore store;
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    RefusedModels(ModelStore store) {
        this.store = store;
    }

    /** The reasons by the models' names. */
    public SortedMap<String, String> all() {
        SortedMap<String, String> all = new TreeMap<>(store.unreadable());
        all.putAll(reasons);
        return all;
    }

    void refuse(ModelSource source, Exception why) {
        reasons.put(source.name(), reason(source, why));
    }

    void take(ModelSource source) {
        reasons.remove(source.name());
    }

    private static String reason(ModelSource source, Exception why) {
        if (why instanceof FileSystemException file && file.getFile() != null) {
            return Path.of(file.getFile()).getFileName() + " cannot be read";
        }
        String message = why instanceof Refusal || why instanceof IOException ? why.getMessage() : null;
        return message == null
                ? "it cannot be read; the server's log says more"
                : message.replace(source.place() + "/", "").replace(source.place(), "its folder");
    }
}
