package app.headlight.engine.transformer;

import app.headlight.engine.transformer.Site.Kind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** The values, or derivatives, of one sequence at the sites of some kinds, which a pass leaves here. */
public final class Activations implements Hooks {

    private final Config config;
    private final Set<Kind> kinds;
    private final Map<Site, FMatrixRMaj> values = new ConcurrentHashMap<>();

    Activations(Config config, Set<Kind> kinds) {
        this.config = config;
        this.kinds = Set.copyOf(kinds);
    }

    @Override
    public boolean wants(Kind kind, int layer, int head) {
        return kinds.contains(kind);
    }

    @Override
    public boolean at(Site site, int sequence, FMatrixRMaj at) {
        if (sequence == 0) {
            values.put(site, at);
        }
        return false;
    }

    /** Takes over what another has of the layers before one. */
    void takeBefore(int layer, Activations other) {
        other.values.forEach((site, at) -> {
            if (site.layer() < layer) {
                values.put(site, at);
            }
        });
    }

    boolean has(Site site) {
        return values.containsKey(site);
    }

    /**
     * The values of a site; of one head in q, k, v and z a copy. Do not write to them.
     *
     * @throws IllegalArgumentException if it was not kept
     */
    public FMatrixRMaj get(Site site) {
        if (site.kind().isPacked() && site.head() >= 0) {
            FMatrixRMaj all = get(Site.of(site.kind(), site.layer()));
            int k = config.dHead();
            return CommonOps_FDRM.extract(all, 0, all.numRows, site.head() * k, (site.head() + 1) * k);
        }
        FMatrixRMaj found = values.get(site);
        if (found == null) {
            throw new IllegalArgumentException(site + " was not kept");
        }
        return found;
    }

    /** How many numbers there are. */
    long floats() {
        return values.values().stream().mapToLong(at -> at.data.length).sum();
    }
}
