package app.headlight;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** Who may know whom. */
@AnalyzeClasses(packages = "app.headlight", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule nothingPointsBack = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("start")
            .definedBy("app.headlight")
            .layer("web")
            .definedBy("app.headlight.web..")
            .layer("findings")
            .definedBy("app.headlight.findings..")
            .layer("tools")
            .definedBy("app.headlight.tools..")
            .layer("lab")
            .definedBy("app.headlight.services.lab..")
            .layer("jobs")
            .definedBy("app.headlight.services.jobs..")
            .layer("backup")
            .definedBy("app.headlight.backup..")
            .layer("library")
            .definedBy("app.headlight.library..")
            .layer("people")
            .definedBy("app.headlight.people..")
            .layer("training")
            .definedBy("app.headlight.training..")
            .layer("circuits")
            .definedBy("app.headlight.circuits..")
            .layer("residual")
            .definedBy("app.headlight.residual..")
            .layer("formats")
            .definedBy("app.headlight.formats..")
            .layer("transformer")
            .definedBy("app.headlight.transformer..")
            .layer("text")
            .definedBy("app.headlight.text..")
            .layer("tensor")
            .definedBy("app.headlight.tensor..")
            .whereLayer("start")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("tools")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("findings")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("jobs")
            .mayOnlyBeAccessedByLayers("web", "library")
            .whereLayer("backup")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("lab")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("library")
            .mayOnlyBeAccessedByLayers("web", "lab")
            .whereLayer("people")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("training")
            .mayOnlyBeAccessedByLayers("web", "library", "tools")
            .whereLayer("circuits")
            .mayOnlyBeAccessedByLayers("web", "training", "tools")
            .whereLayer("residual")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("formats")
            .mayOnlyBeAccessedByLayers("web", "library", "training", "tools")
            .whereLayer("transformer")
            .mayOnlyBeAccessedByLayers(
                    "web", "findings", "lab", "library", "training", "circuits", "residual", "formats", "tools")
            .whereLayer("tensor")
            .mayOnlyBeAccessedByLayers(
                    "start", "web", "library", "training", "circuits", "residual", "formats", "transformer", "tools");

    @ArchTest
    static final ArchRule theEngineIsPlainJava = noClasses()
            .that(resideInAPackage("app.headlight.tensor..")
                    .or(resideInAPackage("app.headlight.text.."))
                    .or(resideInAPackage("app.headlight.transformer.."))
                    .or(resideInAPackage("app.headlight.circuits.."))
                    .or(resideInAPackage("app.headlight.residual.."))
                    .or(resideInAPackage("app.headlight.training.."))
                    .or(resideInAPackage("app.headlight.formats..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "com.vaadin..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule peopleAreOfNoPage = noClasses()
            .that(resideInAPackage("app.headlight.people.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.vaadin..", "jakarta.servlet..", "app.headlight.library..");

    @ArchTest
    static final ArchRule theDatabaseKnowsNoScreen = noClasses()
            .that(resideInAPackage("app.headlight.library..")
                    .or(resideInAPackage("app.headlight.findings.."))
                    .or(resideInAPackage("app.headlight.backup..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.vaadin..", "app.headlight.web..");

    @ArchTest
    static final ArchRule jobsKnowNoKindOfWork = noClasses()
            .that(resideInAPackage("app.headlight.services.jobs.."))
            .should()
            .dependOnClassesThat(
                    resideInAPackage("app.headlight..").and(not(resideInAPackage("app.headlight.services.jobs.."))));

    @ArchTest
    static final ArchRule findingsStandBesideAnyScreen = noClasses()
            .that(resideInAPackage("app.headlight.web.findings.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "app.headlight.web.explore..",
                    "app.headlight.web.circuits..",
                    "app.headlight.web.models..",
                    "app.headlight.web.train..");

    @ArchTest
    static final ArchRule componentsKnowNoModel = noClasses()
            .that(resideInAPackage("app.headlight.web.component.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "app.headlight.library..",
                    "app.headlight.findings..",
                    "app.headlight.transformer..",
                    "app.headlight.circuits..",
                    "app.headlight.residual..",
                    "app.headlight.tensor..",
                    "app.headlight.web.state..");

    @ArchTest
    static final ArchRule whatIsEmbeddedIsNobodys = noClasses()
            .that(resideInAPackage("app.headlight.web.embed.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("app.headlight.findings..", "app.headlight.people..", "app.headlight.web.findings..");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            classes().should().haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Data)");

    @ArchTest
    static void everyPackageSaysWhatLivesThere(JavaClasses all) {
        Set<String> silent = new TreeSet<>();
        all.forEach(type -> {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                silent.add(type.getPackageName());
            }
        });
        assertThat(silent).as("packages without a @NullMarked package-info").isEmpty();
    }
}
