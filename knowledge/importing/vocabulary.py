"""The words by which records in several languages call their parts, their states and each other.

All words are compared after `fold`, so they stand here without accents; `_` joins words of one phrase.
"""

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L"})


def fold(text: str) -> str:
    """Without accents, case and runs of space."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFC", plain).casefold().split())


# Scripts that put no space between words.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def words_of(text: str) -> frozenset[str]:
    """The folded words and phrases of a list written as text."""
    return frozenset(fold(word.replace("_", " ")) for word in text.split())


STATUSES = {
    "proposed": words_of("""
        proposed proposal draft drafted pending rfc review reviewing in_review under_review in_revision research
        incomplete deferred postponed on_hold open wip work_in_progress in_progress in_discussion under_discussion
        discussion discussing under_consideration considered tbd to_be_decided undecided not_decided not_yet idea new
        suggested suggestion ready_for_review exploratory experimental unapproved todo planned initial
        propose proposee proposition en_cours brouillon en_discussion a_valider en_attente en_revue ebauche
        vorgeschlagen vorschlag entwurf in_arbeit in_bearbeitung in_diskussion offen ausstehend zur_diskussion
        propuesto propuesta borrador pendiente en_revision en_discusion en_progreso en_curso en_proceso
        proposto proposta rascunho pendente em_analise em_discussao em_revisao em_andamento
        bozza in_attesa in_discussione in_revisione in_corso
        voorgesteld voorstel concept in_behandeling in_discussie openstaand
        foreslatt foreslaatt forslag utkast til_vurdering under_arbeid under_vurdering under_behandling
        foreslaet udkast til_diskussion under_overvejelse foreslagen foreslaget foreslagit under_granskning pagar
        ehdotettu ehdotus luonnos keskeneräinen
        zaproponowany zaproponowana zaproponowane propozycja szkic w_trakcie
        navrzeno navrhovano navrh koncept
        предложено предложен предложение черновик на_рассмотрении в_обсуждении
        提案 提案中 提案済み 草案 草稿 下書き 検討中 保留
        提议 提议中 已提议 建议 待定 讨论中 审核中
        제안 제안됨 초안 검토_중 검토중"""),
    "accepted": words_of("""
        accepted accept acceptance approved adopted decided decision_made active complete completed implemented agreed
        final finalised finalized done in_force in_effect effective ratified confirmed current enacted resolved
        partially_implemented partly_implemented partially_accepted published stable valid in_use delivered applied
        chosen signed_off endorsed
        accepte acceptee adopte adoptee valide validee approuve approuvee decide decidee actif active en_vigueur
        termine terminee applique appliquee mis_en_oeuvre
        akzeptiert angenommen beschlossen entschieden genehmigt bestatigt umgesetzt aktiv gultig verabschiedet in_kraft
        aceptado aceptada aprobado aprobada adoptado adoptada decidido decidida implementado implementada vigente activo
        activa aceito aceita aceite aprovado aprovada adotado adotada em_vigor ativo ativa concluido
        accettato accettata approvato approvata adottato adottata deciso decisa in_vigore attivo implementato
        geaccepteerd aanvaard goedgekeurd aangenomen besloten vastgesteld actief
        akseptert vedtatt besluttet godkjent gjeldende implementert innfort i_bruk
        accepteret vedtaget godkendt besluttet gaeldende accepterad accepterat godkand godkant beslutad beslutat antagen
        antaget gallande hyvaksytty paatetty voimassa
        zaakceptowany zaakceptowana zaakceptowane przyjety przyjeta przyjete zatwierdzony zatwierdzona zatwierdzone
        przyjato schvaleno prijato принято принят принята утверждено утвержден одобрено одобрен действует
        承認 承認済み 承認済 採用 採択 決定 決定済み 受理 受け入れ
        已接受 接受 已采纳 采纳 已批准 批准 通过 已通过 已决定
        승인 승인됨 채택 채택됨 수락 수락됨 결정됨 확정"""),
    "rejected": words_of("""
        rejected reject declined refused denied withdrawn abandoned cancelled canceled not_accepted not_approved
        wont_do won't_do wontfix discarded dropped disapproved not_adopted
        rejete rejetee refuse refusee abandonne abandonnee ecarte
        abgelehnt verworfen zuruckgezogen zuruckgewiesen
        rechazado rechazada descartado descartada denegado rejeitado rejeitada recusado
        rifiutato rifiutata respinto respinta scartato afgewezen verworpen ingetrokken
        avvist forkastet avslatt trukket afvist avvisad avvisat avslagen avslaget forkastad forkastat
        hylatty odrzucony odrzucona odrzucone zamitnuto отклонено отклонен отклонена отвергнуто отвергнут
        却下 否決 棄却 拒否 拒绝 已拒绝 否决 已否决 驳回 거부 거부됨 거절 거절됨 기각 기각됨"""),
    "deprecated": words_of("""
        deprecated deprecate obsolete obsoleted reverted invalidated invalid retired expired outdated inactive archived
        removed historic historical sunset no_longer_relevant no_longer_valid no_longer_in_use no_longer_applies
        not_relevant deprecie depreciee perime perimee caduc caduque abroge abrogee annule annulee obsoletes
        veraltet uberholt aufgehoben ungultig uberaltert
        obsoleto obsoleta deprecado deprecada depreciado depreciada caducado revocado descontinuado
        deprecato deprecata verouderd vervallen foreldet utgatt utfaset utdatert foraeldet udfaset
        foraldrad foraldrat utfasad inaktuell vanhentunut poistettu
        przestarzaly przestarzala przestarzale wycofany zastarale zastaraly устарело устарел устарела устаревший
        отменено
        非推奨 廃止 廃止済み 已弃用 弃用 已废弃 废弃 过时 已过时 廢棄 사용_중단 폐기 폐기됨"""),
    "superseded": words_of("""
        superseded supersed supersede superceded superceeded superseeded superceed supplanted replaced
        partly_superseded partially_superseded partially_replaced partly_replaced superseded_in_part
        remplace remplacee supplante supplantee ersetzt abgelost teilweise_ersetzt
        reemplazado reemplazada remplazado sustituido sustituida superado substituido substituida substituto
        sostituito sostituita superato superata rimpiazzato vervangen
        erstattet avlost aflost afloest ersatt korvattu zastapiony zastapiona zastapione nahrazeno nahrazen
        заменено заменен заменена замещено замещен
        置換 置換済み 置き換え 置き換えられた 取代 已取代 被取代 已被取代 替代 被替代 已替代 대체 대체됨"""),
}
STATUS_OF = {phrase: status for status, phrases in STATUSES.items() for phrase in phrases}

# What a field or a section of one field is called.
STATUS, DATE, CHANGED, PEOPLE, CONSULTED, INFORMED, NUMBER, TITLE, SUPERSEDES, SUPERSEDED_BY, CHANGELOG = (
    "status",
    "date",
    "changed",
    "people",
    "consulted",
    "informed",
    "number",
    "title",
    "supersedes",
    "superseded by",
    "changelog",
)
LABELS = {
    STATUS: words_of("""
        status statut estado stato etat zustand tilstand tila stan stav state estatus situacao adr_status
        decision_status document_status current_status record_status status_der_entscheidung статус состояние
        状态 狀態 ステータス 状態 상태"""),
    DATE: words_of("""
        date dato datum data fecha paivays paivamaara datum_der_entscheidung decision_date date_decided decided
        date_of_decision revdate decided_on date_accepted accepted_on approved_on date_approved adopted_on
        date_de_decision
        date_de_la_decision beslutningsdato besluttet_dato fecha_de_decision data_da_decisao data_decisione
        entscheidungsdatum beslutsdatum besluitdatum дата дата_решения 日期 日付 決定日 作成日 날짜 日時"""),
    CHANGED: words_of("""
        last_modified last_updated last_update modified updated date_modified date_updated last_changed changed
        revised last_revised introduced date_introduced created created_on created_at date_created creation_date
        creation proposed_on date_proposed written published published_on date_published derniere_modification
        date_de_creation mis_a_jour cree_le zuletzt_geandert aktualisiert erstellt sist_endret sist_oppdatert opprettet
        ultima_modificacion actualizado creado ultima_modifica aggiornato laatst_gewijzigd senast_andrad uppdaterad"""),
    PEOPLE: words_of("""
        deciders decider decision_makers decision_maker decision-makers decision-maker decided_by decision_owner
        author authors owner owners driver proposer proposers proposed_by approver approvers approved_by editor editors
        decision_team participants decisionnaires decisionnaire decideurs decideur auteur auteurs
        entscheider entscheidungstrager decisor autor autoren autores autora beslutningstakere beslutningstakarar
        beslutningstaker beslutningstager beslutningstagere forfatter forfattere beslutsfattare forfattare
        beslissers auteurs decisores tomadores_de_decisao responsables responsable decisori autore autori
        tomadores paattajat tekijat decydenci autorzy авторы автор 决策者 作者 決定者 意思決定者 著者 작성자 결정자"""),
    CONSULTED: words_of("consulted consultes konsultiert konsultert consultados consultati geraadpleegd konsulterade"),
    INFORMED: words_of("informed informes informiert informert informados informati geinformeerd informerade"),
    NUMBER: words_of(
        "number adr_number decision_id no nr id adr_id adr adr# decision_number record_number nummer numero номер 编号"
    ),
    TITLE: words_of("title titre titel tittel titulo titolo otsikko tytul название 标题 タイトル 제목"),
    SUPERSEDES: words_of("""
        supersedes superseeds supercedes superceeds superseedes replaces obsoletes supersede_adr replaces_adr
        remplace ersetzt_adr lost_ab reemplaza_a reemplaza sustituye_a sustituye substitui sostituisce vervangt
        erstatter ersatter korvaa zastepuje заменяет 取代 置換対象"""),
    SUPERSEDED_BY: words_of("""
        superseded_by superseded superceded_by superceeded_by superseeded_by replaced_by obsoleted_by succeeded_by
        superseded-by replaced-by remplace_par ersetzt_durch abgelost_durch reemplazado_por sustituido_por
        substituido_por sostituito_da vervangen_door erstattet_av erstattes_av afloest_af erstattet_af ersatt_av
        korvattu zastapiony_przez заменено_на заменен 被取代 取代者 後継"""),
    CHANGELOG: words_of("""
        changelog change_log change_history history revision_history revisions revision version_history versions
        document_history updates journal_des_modifications historique anderungshistorie anderungen historial
        historico cronologia endringslogg historikk endringshistorikk andringslogg
        更新履歴 変更履歴 修订历史 변경_이력"""),
}
LABEL_OF = {phrase: label for label, phrases in LABELS.items() for phrase in phrases}

# The parts of a decision record, by the words with which their headings begin.
DECISION_PARTS = {
    "context": words_of("""
        context contexts context_and background problem problems issue issues background motivation rationale
        problem_statement the_problem contexte enonce_du_probleme probleme kontext problemstellung ausgangslage
        hintergrund contexto problema antecedentes contesto context_en probleemstelling achtergrond kontekst
        bakgrunn problemstilling problembeskrivelse baggrund bakgrund problembeskrivning konteksti tausta tlo
        контекст проблема kontext_a 背景 コンテキスト 文脈 上下文 问题 배경 맥락 컨텍스트 문제"""),
    "drivers": words_of("""
        decision_drivers drivers forces decision_criteria criteria key_drivers assumptions constraints
        requirements facteurs_de_decision facteurs criteres entscheidungstreiber entscheidungskriterien kriterien
        einflussfaktoren factores_de_decision impulsores fatores_da_decisao fattori beslutningsdrivere
        beslutningsfaktorer beslutsfaktorer beslisfactoren beslissingsfactoren 決定要因 决策驱动 결정_요인"""),
    "options": words_of("""
        considered_options options alternatives options_considered alternatives_considered considered_alternatives
        positions pros_and_cons rejected_alternatives rejected_options possible_solutions other_options
        options_envisagees options_considerees alternatives_envisagees avantages_et_inconvenients
        betrachtete_optionen optionen alternativen betrachtete_alternativen erwogene opciones opciones_consideradas
        alternativas alternativas_consideradas opcoes opcoes_consideradas opzioni opzioni_considerate
        alternative_considerate
        overwogen_opties overwogen_alternatieven opties vurderte alternativer vurderte_alternativer
        overvejede_muligheder muligheder overvagda_alternativ alternativ vaihtoehdot rozwazane opcje
        рассмотренные варианты альтернативы 検討した 選択肢 考虑的 备选 选项 方案 고려한 선택지 대안"""),
    "decision": words_of("""
        decision decisions decision_outcome outcome the_decision our_decision resolution chosen_option
        resultat_de_la_decision decision_prise entscheidung entscheidungen entscheidungsergebnis beschluss ergebnis
        decision_tomada resultado resultado_de_la resultado_da decisao decisione esito besluit beslissing
        beslutning beslutningen avgjorelse vedtak beslut beslutet paatos decyzja решение rozhodnuti
        決定 決定事項 決定内容 决策 决定 决策结果 결정 결정_사항"""),
    "consequences": words_of("""
        consequences consequence implications implication impact results result positive_consequences
        negative_consequences trade-offs tradeoffs konsekvenser konsekvens konsequenzen auswirkungen folgen
        consecuencias consecuencia implicaciones consequencias consequencia implicacoes conseguenze conseguenza
        gevolgen consequenties seuraukset vaikutukset konsekwencje последствия dusledky nasledky
        結果 影響 帰結 后果 影响 결과 영향"""),
    "confirmation": words_of("confirmation compliance validation verification"),
    "more": words_of("more_information links references related notes see_also liens referenzen lenker lankar"),
    "approach": words_of("approach solution proposal design implementation solution_design losning loesung solucion"),
}
PART_OF = {phrase: part for part, phrases in DECISION_PARTS.items() for phrase in phrases}

# The parts of a lesson: what happened, why, and what follows.
LESSON_PARTS = words_of("""
    impact root_cause root_causes root_cause_analysis timeline lessons_learned lessons_learnt lessons what_went_well
    what_went_wrong what_went_poorly what_went_badly where_we_got_lucky where_did_we_get_lucky action_items
    actions_items trigger detection what_happened incident_summary corrective_actions five_whys the_five_whys 5_whys
    contributing_factors follow_up follow-up follow-ups mitigation remediation resolution_and_recovery
    causes_and_remediation executive_summary driving_event abstract lesson recommendations recommendation
    evidence_of_recurrence action_plan what_could_have_been_better things_that_went_well things_that_went_poorly
    customer_impact
    how_was_this_detected postmortem post-mortem responders internal_messaging external_messaging
    what_can_we_do_to_prevent_this""")
LESSON_TITLE = re.compile(
    r"\b(post[- ]?mortem|incident (report|review)|lessons? learn(ed|t)|after[- ]action|retrospective|"
    r"etterpa?klok|retour d.experience|obduktion)\b"
)

# Verb phrases of supersession, folded. Passive: the record at hand was superseded by what follows.
PASSIVE = re.compile(
    r"\b(?:super[sc]e{1,2}d(?:ed)?(?: \([^)]{0,60}\))?(?: in part| partially| partly)? by|replaced (?:in part )?by|"
    r"obsoleted by|supplanted by|succeeded by|deprecated? (?:by|in favou?r of)|in favou?r of adr|"
    r"remplacee? par|supplantee? par|ersetzt durch|abgelost (?:durch|von)|(?:re)?e?mplazad[oa] por|sustituid[oa] por|"
    r"substituid[oa] (?:por|pel[oa])|superad[oa] por|sostituit[oa] da|superat[oa] da|vervangen door|"
    r"erstatte[ts] (?:av|af)|avlost av|afl(?:o|oe|ø)st af|ersatt av|korvattu|zastapion[yae] przez|"
    r"заменен[оа]? (?:на)?|nahrazen[oa]?)(?!\w)"
    r"|被取代|取代于|被替代|被[^。\n]{1,60}?(?:取代|替代|替换)|"
    r"に(?:より|よって)置き?換え|に(?:より|よって)置換|에 의해 대체"
)
ACTIVE = re.compile(
    r"(?<!not )(?<!not directly )\b(?:super[sc]e{1,2}d(?:es?|s)?|superseding|replaces|obsoletes|"
    r"remplace(?! ?par)|ersetzt(?! durch)|lost ab|reemplaza(?: a)?|sustituye(?: a)?|substitui|sostituisce|vervangt|"
    r"erstatter|avloser|ersatter|korvaa|zastepuje|заменяет|nahrazuje)(?!\w)(?! by\b)"
    r"|取代|置き換える|대체한다"
)
