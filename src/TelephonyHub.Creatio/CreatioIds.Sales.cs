namespace TelephonyHub.Creatio;

public static partial class CreatioIds
{
    /// <summary>Stage of a deal.</summary>
    public static class OpportunityStage
    {
        /// <summary>Qualification / Квалификация (1, 10%, open).</summary>
        public static readonly Guid Qualification = new("c2067b11-0ee0-df11-971b-001d60e938c6");

        /// <summary>Needs analysis / Анализ потребностей (2, 20%, open).</summary>
        public static readonly Guid NeedsAnalysis = new("2a6de0f7-44d9-4b8a-bce6-acddb7ed8915");

        /// <summary>Presentation / Презентация (3, 30%, open).</summary>
        public static readonly Guid Presentation = new("325f0619-0ee0-df11-971b-001d60e938c6");

        /// <summary>Id. decision makers / Определение ключевых контактов (4, 40%, open).</summary>
        public static readonly Guid IdDecisionMakers = new("f4e4a00b-ec48-46d0-9ea0-c2b502165ee9");

        /// <summary>Proposal development / Подготовка предложения (5, 40%, open).</summary>
        public static readonly Guid ProposalDevelopment = new("241ade6b-4256-4947-ba8a-7d96988a97b6");

        /// <summary>Proposal / Коммерческое предложение (6, 60%, open).</summary>
        public static readonly Guid Proposal = new("423774cb-5ae6-df11-971b-001d60e938c6");

        /// <summary>Negotiations / Переговоры (7, 80%, open).</summary>
        public static readonly Guid Negotiations = new("f808c955-c5aa-4aba-95c0-ba7d584d2f32");

        /// <summary>Contracting / Контрактация (8, 90%, open).</summary>
        public static readonly Guid Contracting = new("fb563df2-5ae6-df11-971b-001d60e938c6");

        /// <summary>Closed won / Завершена с победой (9, 100%, final, won).</summary>
        public static readonly Guid ClosedWon = new("60d5310c-5be6-df11-971b-001d60e938c6");

        /// <summary>Closed lost / Завершена с проигрышем (10, 0%, final).</summary>
        public static readonly Guid ClosedLost = new("a9aafdfe-2242-4f42-8cd5-2ae3b9556d79");

        /// <summary>Closed rerouted / Перевод на другой процесс (11, 0%, final).</summary>
        public static readonly Guid ClosedRerouted = new("9abf243c-fc00-45cf-8e28-cdb66c9208b0");

        /// <summary>Closed rejected / Отклонена нами (12, 0%, final).</summary>
        public static readonly Guid ClosedRejected = new("736f54fd-e240-46f8-8c7c-9066c30aff59");
    }

    /// <summary>Type of a deal.</summary>
    public static class OpportunityType
    {
        /// <summary>Partner sale / Партнерская продажа.</summary>
        public static readonly Guid PartnerSale = new("c4505efc-6cf5-4b0c-b984-55076bc235f0");

        /// <summary>Direct sale / Прямая продажа.</summary>
        public static readonly Guid DirectSale = new("3c3865f2-ada4-480c-ac91-e2d39c5bbaf9");
    }

    /// <summary>Source of a deal.</summary>
    public static class OpportunitySource
    {
        /// <summary>Web / Интернет.</summary>
        public static readonly Guid Web = new("c0ba51a1-493b-4437-8898-c806a86b3a60");

        /// <summary>Event / Мероприятие.</summary>
        public static readonly Guid Event = new("b79e074d-5810-4c61-a744-adcbc057d363");

        /// <summary>Print ad / Печатное издание.</summary>
        public static readonly Guid PrintAd = new("7202f01f-2784-492b-b5c0-c5908241f77f");

        /// <summary>Bulk email / Рассылка.</summary>
        public static readonly Guid BulkEmail = new("d03fb563-9539-4768-aaa7-d2f8735df03a");

        /// <summary>Customer referral / Рекомендация клиента.</summary>
        public static readonly Guid CustomerReferral = new("1cb906e7-bd94-4074-ac9d-fb38de2d7744");

        /// <summary>Partner referral / Рекомендация партнера.</summary>
        public static readonly Guid PartnerReferral = new("8720d39b-f4d8-4860-bd54-45853cc48fb8");

        /// <summary>Employee referral / Рекомендация сотрудника/Личный контакт.</summary>
        public static readonly Guid EmployeeReferral = new("fe6eaf23-98cf-426d-b4bf-1825ae685dad");

        /// <summary>Social network / Социальная сеть.</summary>
        public static readonly Guid SocialNetwork = new("8166090d-f0d8-4ff5-a4af-a94db7f59648");

        /// <summary>Successful cooperation history / Успешный опыт сотрудничества.</summary>
        public static readonly Guid SuccessfulCooperationHistory = new("bdb6e569-409f-4c7c-8c11-19af994db893");

        /// <summary>Cold call / Холодная база.</summary>
        public static readonly Guid ColdCall = new("3ee03715-6f3b-4750-b44e-f0e925fe1121");
    }

    /// <summary>Stage of a lead, classic life cycle.</summary>
    public static class QualifyStatus
    {
        /// <summary>Nurturing / Взращивание (StageNumber=2, IsFinal=False).</summary>
        public static readonly Guid Nurturing = new("14cfc644-e3ed-497e-8279-ed4319bb8093");

        /// <summary>Disqualified / Дисквалифицирован (StageNumber=0, IsFinal=True).</summary>
        public static readonly Guid Disqualified = new("128c3718-771a-4d1e-9035-6fa135ca5f70");

        /// <summary>Qualification / Квалификация (StageNumber=1, IsFinal=False).</summary>
        public static readonly Guid Qualification = new("d790a45d-03ff-4ddb-9dea-8087722c582c");

        /// <summary>Awaiting sale / Ожидание продажи (StageNumber=4, IsFinal=False).</summary>
        public static readonly Guid AwaitingSale = new("7a90900b-53b5-4598-92b3-0aee90626c56");

        /// <summary>Handoff to sales / Перевод в продажу (StageNumber=3, IsFinal=False).</summary>
        public static readonly Guid HandoffToSales = new("ceb70b3c-985f-4867-ae7c-88f9dd710688");

        /// <summary>Not interested / Потребность отсутствует (StageNumber=0, IsFinal=True).</summary>
        public static readonly Guid NotInterested = new("51adc3ec-3503-4b10-a00b-8be3b0e11f08");

        /// <summary>Satisfied / Потребность удовлетворена (StageNumber=5, IsFinal=True).</summary>
        public static readonly Guid Satisfied = new("0a0808c5-5415-41f0-bea3-118cc3089959");
    }

    /// <summary>Stage of a lead (QualifyStatus), sales-ready life cycle.</summary>
    public static class SalesReadyStatus
    {
        /// <summary>Marketing qualified lead / Квалифицирован маркетингом (StageNumber=6, IsFinal=False).</summary>
        public static readonly Guid MarketingQualifiedLead = new("0198bb53-c5da-41a7-98ad-c92a61706867");

        /// <summary>Closed lost / Утрачен (StageNumber=0, IsFinal=True).</summary>
        public static readonly Guid ClosedLost = new("37a86c0e-4755-4609-baca-fe92ce33577a");

        /// <summary>Sales qualified lead / Квалифицирован к продаже (StageNumber=7, IsFinal=False).</summary>
        public static readonly Guid SalesQualifiedLead = new("92154e4b-f095-43fb-91ce-070fb0985c41");

        /// <summary>Converted / Конвертирован (StageNumber=8, IsFinal=True).</summary>
        public static readonly Guid Converted = new("fb2df0a2-fb55-4fcc-8e46-a8da02c449c8");
    }

    /// <summary>How a lead came in.</summary>
    public static class LeadRegisterMethod
    {
        /// <summary>Incoming call / email / Входящий звонок / email.</summary>
        public static readonly Guid IncomingCall = new("d08186b2-b670-4fdf-9596-7654017f9255");

        /// <summary>Added manually / Добавлен вручную.</summary>
        public static readonly Guid AddedManually = new("240ab9c6-4d7c-4688-b380-af44dd147d7a");

        /// <summary>Landing page / Лендинг.</summary>
        public static readonly Guid LandingPage = new("ba097c3a-31cf-48a7-a196-84fad50efe8d");

        /// <summary>Case / Обращение.</summary>
        public static readonly Guid Case = new("85275068-7b5b-424b-ac4d-f7050aee1eef");

        /// <summary>Created automatically / Создан автоматически.</summary>
        public static readonly Guid CreatedAutomatically = new("2f65913c-ff62-40fb-9d01-1a3e2e893e0e");
    }

    /// <summary>Legacy state of a lead.</summary>
    public static class LeadStatus
    {
        /// <summary>No longer interested / Более не заинтересован.</summary>
        public static readonly Guid NoLongerInterested = new("3db90f2a-f46b-1410-4693-1c6f65e16a07");

        /// <summary>Qualified as new / Квалифицирован как новый.</summary>
        public static readonly Guid QualifiedAsNew = new("7d372f02-f46b-1410-4593-1c6f65e16a07");

        /// <summary>Unable to connect / Невозможно связаться.</summary>
        public static readonly Guid UnableToConnect = new("7d3d1124-f46b-1410-4693-1c6f65e16a07");

        /// <summary>Qualified as existing / Квалифицирован как существующий.</summary>
        public static readonly Guid QualifiedAsExisting = new("7d3f3116-f46b-1410-4693-1c6f65e16a07");

        /// <summary>Done / Обработан.</summary>
        public static readonly Guid Done = new("a3fab018-4b5a-4eee-a2e8-9b4634f54589");

        /// <summary>New / Новый.</summary>
        public static readonly Guid New = new("bd3511f8-f36b-1410-4493-1c6f65e16a07");

        /// <summary>Contacted / Связались.</summary>
        public static readonly Guid Contacted = new("d644acbc-d2ae-4081-9429-ade825db1f69");

        /// <summary>In progress / В процессе.</summary>
        public static readonly Guid InProgress = new("f4ec1e37-f2b4-4727-8e2a-242fcb4859bf");

        /// <summary>Lost / Утрачен.</summary>
        public static readonly Guid Lost = new("fd3d301e-f46b-1410-4693-1c6f65e16a07");
    }

    /// <summary>Customer need, the type of a lead.</summary>
    public static class LeadType
    {
        /// <summary>Additional service / Дополнительные услуги.</summary>
        public static readonly Guid AdditionalService = new("ec4a62b5-9cf0-4e54-abd6-cf509001b2c5");

        /// <summary>Hardware / Компьютерная техника.</summary>
        public static readonly Guid Hardware = new("4eb933c2-d7bb-4711-8d57-3e59c2bcdc0f");

        /// <summary>Software / Программное обеспечение.</summary>
        public static readonly Guid Software = new("84c42d58-10af-4a63-9ca7-845bab573daa");

        /// <summary>Need for our products / Потребность в наших продуктах.</summary>
        public static readonly Guid NeedForOurProducts = new("96ed75a6-1718-4311-a690-a577d4c873b1");

        /// <summary>Need for our services / Потребность в наших услугах.</summary>
        public static readonly Guid NeedForOurServices = new("e12c4c83-97d3-42c7-b785-17b14179e879");
    }
}
