package app.headlight.web.findings;

import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.FindingsExport;
import app.headlight.services.findings.FindingsExport.Format;
import app.headlight.services.findings.FindingsImport;
import app.headlight.services.findings.ImportReport;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Exports findings to files, and imports them. */
@Component
class Exchange {

    private final FindingsExport export;
    private final FindingsImport imports;
    private final SignedIn signedIn;
    private final Readers readers;

    Exchange(FindingsExport export, FindingsImport imports, SignedIn signedIn, Readers readers) {
        this.export = export;
        this.imports = imports;
        this.signedIn = signedIn;
        this.readers = readers;
    }

    /** Makes the file when it is asked for. */
    DownloadHandler download(String model, Format format) {
        return DownloadHandler.fromInputStream(event -> {
            if (!readers.mayRead()) {
                return DownloadResponse.error(403);
            }
            byte[] bytes = export.model(model, format).getBytes(StandardCharsets.UTF_8);
            String name = "findings-" + model.replaceAll("[^A-Za-z0-9._-]", "_") + "." + format.extension();
            return new DownloadResponse(new ByteArrayInputStream(bytes), name, format.mediaType(), bytes.length);
        });
    }

    boolean mayImport() {
        return signedIn.member().isPresent();
    }

    /** See {@link FindingsImport#read}. */
    ImportReport read(byte[] file) {
        return imports.read(signedIn.requireMember(), file);
    }
}
