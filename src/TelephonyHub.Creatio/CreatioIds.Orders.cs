namespace TelephonyHub.Creatio;

public static partial class CreatioIds
{
    /// <summary>State of an order.</summary>
    public static class OrderStatus
    {
        /// <summary>1. Draft / 1. Оформление (FinalStatus=False).</summary>
        public static readonly Guid Draft = new("1f3ad326-effd-4ac3-a3e2-957e7def3684");

        /// <summary>2. Confirmation / 2. Согласование (FinalStatus=False).</summary>
        public static readonly Guid Confirmation = new("29fa66e3-ef69-4feb-a5af-ec1de125a614");

        /// <summary>3. In progress / 3. Исполнение (FinalStatus=False).</summary>
        public static readonly Guid InProgress = new("c8742634-ea8b-46d9-ba71-1989b951772d");

        /// <summary>4. Completed / 4. Завершен (FinalStatus=True).</summary>
        public static readonly Guid Completed = new("40de86ee-274d-4098-9b92-9ebdcf83d4fc");

        /// <summary>5. Canceled / 5. Отменен (FinalStatus=False).</summary>
        public static readonly Guid Canceled = new("8ab0f830-908b-40d7-80a3-7f49ef70ce70");
    }

    /// <summary>Payment state of an order.</summary>
    public static class OrderPaymentStatus
    {
        /// <summary>Planned / В планах.</summary>
        public static readonly Guid Planned = new("bfe38d3d-bd57-48d7-a2d7-82435cd274ca");

        /// <summary>Unpaid / Ожидание оплаты.</summary>
        public static readonly Guid Unpaid = new("448d1338-d3a5-4fd4-9a6e-769403f89896");

        /// <summary>Paid / Оплачен полностью.</summary>
        public static readonly Guid Paid = new("4721338e-a5f1-4529-96be-d3f311518812");

        /// <summary>Partially paid / Оплачен частично.</summary>
        public static readonly Guid PartiallyPaid = new("a2f17c7b-956b-47c8-9ea5-b545b74a26f6");

        /// <summary>Canceled / Отменен.</summary>
        public static readonly Guid Canceled = new("309e5219-114d-4a6e-b5b0-fe33caeca4dd");
    }

    /// <summary>Delivery state of an order.</summary>
    public static class OrderDeliveryStatus
    {
        /// <summary>Planned / В планах.</summary>
        public static readonly Guid Planned = new("867ca155-bfa5-4aaa-9172-7813dd4e85f5");

        /// <summary>Waiting for delivery / Ожидание поставки.</summary>
        public static readonly Guid WaitingForDelivery = new("66464653-540e-46f3-b444-db2330706b02");

        /// <summary>Delivery canceled / Поставка отменена.</summary>
        public static readonly Guid DeliveryCanceled = new("31b73f97-8e8d-4505-a24f-0b8fc21d0755");

        /// <summary>Delivered / Поставлен полностью.</summary>
        public static readonly Guid Delivered = new("0dd2c99b-9a1a-4419-886e-842a20d35929");

        /// <summary>Partially delivered / Частичная поставка.</summary>
        public static readonly Guid PartiallyDelivered = new("20f1fcf7-34d8-4c00-b4ae-6d9184c7945f");
    }

    /// <summary>Where an order came from.</summary>
    public static class SourceOrder
    {
        /// <summary>Email / E-mail.</summary>
        public static readonly Guid Email = new("32fea5d0-64ce-4080-8add-421d5f654f83");

        /// <summary>External integration / Интеграционный процесс.</summary>
        public static readonly Guid ExternalIntegration = new("20cfac58-954c-4837-b66b-48e95a2d4a77");

        /// <summary>Online shop / Интернет магазин.</summary>
        public static readonly Guid OnlineShop = new("c57b8a8a-0253-4f5a-b161-3b252706e332");

        /// <summary>Mobile application / Мобильное приложение.</summary>
        public static readonly Guid MobileApplication = new("8daba682-7835-42cc-bfe4-e184e9633a17");

        /// <summary>Opportunity / На основании продажи.</summary>
        public static readonly Guid Opportunity = new("a5759923-62ed-4f39-8557-dc266785c57e");

        /// <summary>Self-service portal / Портал самообслуживания.</summary>
        public static readonly Guid SelfServicePortal = new("bf91e78d-8375-4575-b7a4-e281b2c6e5fa");

        /// <summary>Manual input / Ручной ввод.</summary>
        public static readonly Guid ManualInput = new("5246c2b4-0a65-4670-a68b-9aba9d512b77");

        /// <summary>Website / Сайт.</summary>
        public static readonly Guid Website = new("fb11aa39-7cad-4cc5-9d98-983fa1f99bf6");
    }
}
