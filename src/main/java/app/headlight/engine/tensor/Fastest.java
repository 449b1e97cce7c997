package app.headlight.engine.tensor;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** The fastest products that run on this machine, chosen once. */
final class Fastest {

    private static final Logger LOG = System.getLogger(MatrixProducts.class.getName());

    static final MatrixProducts PRODUCTS = choose(OpenBlasProducts::new);

    private Fastest() {}

    static MatrixProducts choose(Supplier<MatrixProducts> openBlas) {
        try {
            MatrixProducts products = openBlas.get();
            LOG.log(Level.INFO, "Matrix products by {0}: its native library loaded", products.name());
            return products;
        } catch (LinkageError | RuntimeException missing) {
            // All that a missing, unreadable or wrong native library throws; the reason is the innermost cause.
            Throwable reason = missing;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            MatrixProducts products = new EjmlProducts();
            LOG.log(
                    Level.WARNING,
                    "Matrix products by {0}, many times slower: OpenBLAS did not load here ({1})",
                    products.name(),
                    reason);
            return products;
        }
    }
}
